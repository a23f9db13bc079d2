import { execFile, spawn } from "node:child_process";
import { chmod, mkdtemp, readdir, readFile, rm, symlink } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, expect, test } from "vitest";
import { childEnvironment } from "#server/config.ts";
import { until } from "#test/until.ts";
import { freePort } from "./start-product.ts";

// Runs every `sh` block of docs/getting-started.md as written, in order, in a folder where nothing was started before.
const root = join(import.meta.dirname, "../..");
const run = promisify(execFile);
const mark = "-- end of block --";
/** What the page says of commands that it does not show. */
const besides = `
npx tidemark wait EndSong "$(date -u +%Y-%m-%dT%H)" --timeout 1s || echo "exit $?"
npx tidemark wait EndSnog "$HOUR" --timeout 5m || echo "exit $?"
curl -sS -H "Authorization: Bearer $TIDEMARK_TOKEN" "$TIDEMARK_URL/api/v1/event-types/EndSong/hours/2026-01-01T00/ready"
`;
let folder: string;
let env: NodeJS.ProcessEnv;
let url: string;
/** Ctrl-C for the server that runs. */
let interrupt = async () => {};
let demo: string;
let start: string;
let answers: string[];

beforeAll(async () => {
  folder = await layOutCheckout();
  const port = await freePort();
  url = `http://127.0.0.1:${port}`;
  env = environment(port);
  const [demoBlock = "", startBlock = "", ...blocks] = await readBlocks();
  // The tests run on what `npm ci` installed.
  demo = await serve(demoBlock.replace(/^npm ci\n/, ""));
  await interrupt();
  start = await serve(startBlock);
  const script = [...blocks, besides].map((block) => `${block}\necho "${mark}"`).join("\n");
  const { stdout } = await run("sh", ["-e", "-c", `exec 2>&1\n${script}`], { cwd: folder, env }).catch((error) => {
    throw new Error(`A command of the guide failed:\n${error.stdout}`);
  });
  answers = stdout.split(`${mark}\n`).slice(0, -1);
});
afterAll(async () => {
  await interrupt();
  await rm(folder, { recursive: true, force: true });
});

test("the demo prints its URL and keeps its data apart from one's own", () => {
  expect(demo).toMatch(`Pages and API  ${url} `);
  expect(demo).toMatch("Its data stays in .tidemark-demo.");
});

test("the start names the URL and the file with the admin token", () => {
  expect(start).toMatch(`Pages and API  ${url} `);
  expect(start).toMatch("Admin token    cat .tidemark/admin-token");
});

test("from nothing to complete, every command prints what the page says", async () => {
  const [hour = "", applied, accepted, waited, page = "", said] = answers.map((answer) => answer.trim());
  expect(hour).toMatch(/^\d{4}-\d\d-\d\dT\d\d$/);
  expect(applied).toMatch(
    /\+ Datacenter lon\n[\s\S]*\+ EventType EndSong\n[\s\S]*Dry run: 2 created\.[\s\S]*\nApplied: 2 created\.$/,
  );
  expect(accepted).toBe('{"accepted":3}');
  expect(waited).toMatch(new RegExp(`EndSong ${hour} is ready: complete.*\nread EndSong ${hour}$`));
  expect(page).toBe(`${url}/event-types/EndSong/hours/${hour}`);
  expect(await readPage(page)).toContain("Complete. All 1,200 events");
  expect(said).toMatch(/\nexit 3\n[\s\S]*\nexit 2\n[\s\S]*"status":400/);
});

/** As a browser that has signed in with the admin token. */
async function readPage(page: string): Promise<string> {
  const token = (await readFile(join(folder, ".tidemark/admin-token"), "utf8")).trim();
  const body = JSON.stringify({ token });
  const headers = { "content-type": "application/json" };
  const signedIn = await fetch(`${url}/api/v1/session`, { method: "POST", headers, body });
  const cookie = signedIn.headers.get("set-cookie")?.split(";")[0] ?? "";
  return (await fetch(page, { headers: { cookie } })).text();
}

/** The repository as a reader's checkout: its files, without data of an earlier start. */
async function layOutCheckout(): Promise<string> {
  const checkout = await mkdtemp(join(tmpdir(), "tidemark-guide-"));
  // Root's PostgreSQL runs as another user, which must pass through.
  await chmod(checkout, 0o711);
  for (const name of await readdir(root)) {
    if (!/^\.(git|tidemark)/.test(name)) await symlink(join(root, name), join(checkout, name));
  }
  return checkout;
}

/** A reader's: without the settings and the npm of whoever runs the tests. */
function environment(port: number): NodeJS.ProcessEnv {
  const foreign = Object.keys(process.env).filter((name) => /^(npm_|TIDEMARK_|PUBSUB_|DATABASE_URL$)/.test(name));
  return childEnvironment({
    ...Object.fromEntries(foreign.map((name) => [name, null])),
    PORT: String(port),
    // As in a terminal.
    TIDEMARK_LOG_FORMAT: "text",
    // `npx` must find the program in the checkout.
    npm_config_offline: "true",
  });
}

async function readBlocks(): Promise<string[]> {
  const page = await readFile(join(root, "docs/getting-started.md"), "utf8");
  return [...page.matchAll(/^```sh\n([\s\S]*?)^```$/gm)].map(([, code = ""]) => code);
}

/** Runs a command that ends by Ctrl-C; returns what it printed until it was ready. */
async function serve(command: string): Promise<string> {
  const child = spawn("sh", ["-c", command], { cwd: folder, env, detached: true, stdio: ["ignore", "pipe", "pipe"] });
  let output = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding("utf8").on("data", (text: string) => {
      output += text;
    });
  }
  let isOpen = true;
  const closed = new Promise<void>((resolve) =>
    child.once("close", () => {
      isOpen = false;
      resolve();
    }),
  );
  const signal = (name: NodeJS.Signals) => isOpen && child.pid !== undefined && process.kill(-child.pid, name);
  // However this process ends.
  process.once("exit", () => signal("SIGKILL"));
  interrupt = async () => {
    signal("SIGINT");
    await closed;
  };
  await until("it is ready", async () => !isOpen || output.includes("Ctrl-C stops it.") || output, 240);
  if (!isOpen) throw new Error(output);
  return output;
}
