// npm run scan [-- --seconds 600 --only signed-in,visitor]: Debian's wapiti against the running product, as a stranger and signed in, with an open and a private dashboard.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { addHours, formatHour, hourOf } from "#domain/hour.ts";
import { readRuntime } from "#server/process/runtime-file.ts";
import { findProgram } from "#test/find-program.ts";
import { type Product, startProduct } from "#test/product/start-product.ts";
import { startWeb } from "#test/product/start-web.ts";

// Without nikto and wapp, which fetch their databases from the internet.
const modules =
  "backup,blindsql,brute_login_form,buster,cookieflags,crlf,csp,csrf,exec,file,htaccess,http_headers,methods,permanentxss,redirect,shellshock,sql,ssrf,xss,xxe";

/** Findings that stay, by a part of their text, and why. */
const accepted: readonly (readonly [part: string, because: string])[] = [
  [
    "X-XSS-Protection",
    "browsers removed the filter that it turns on, which itself leaked pages; the CSP takes its place",
  ],
];

interface Finding {
  info: string;
  level: number;
  method: string;
  path: string;
  parameter: string | null;
}

interface Report {
  vulnerabilities: Record<string, Finding[]>;
  anomalies: Record<string, Finding[]>;
  infos: { version: string };
}

const { values } = parseArgs({
  options: {
    /** For each of the three scans. */
    seconds: { type: "string", default: "600" },
    /** Scans, separated by commas: stranger, signed-in, visitor; default: all. */
    only: { type: "string" },
    /** As behind TLS, so that HSTS and Secure cookies are there to be checked. */
    "public-url": { type: "string", default: "https://tidemark.example" },
  },
});
const publicUrl = values["public-url"];
const wapiti = findProgram("wapiti", "apt-get install wapiti");
if (wapiti === null) process.exit(1);
const say = (line: string) => process.stdout.write(`${line}\n`);

const product = await startProduct({ TIDEMARK_PUBLIC_URL: publicUrl });
const endpoint = createServer((_, response) => response.setHeader("content-type", "application/json").end("{}"));
endpoint.listen(0, "127.0.0.1");
await once(endpoint, "listening");
const folder = await mkdtemp(join(tmpdir(), "tidemark-scan-"));
let open = 0;
try {
  await giveContent(product);
  const database = { DATABASE_URL: (await readRuntime(product.dataFolder))?.databaseUrl ?? "" };
  const settings = { ...database, TIDEMARK_PUBLIC_URL: publicUrl };
  const privately = await startWeb(product, { ...settings, TIDEMARK_DASHBOARD: "private" });
  const openly = await startWeb(product, { ...settings, TIDEMARK_DASHBOARD: "open" });
  const cookie = await signIn(privately.url);
  for (const [as, name, url, headers] of [
    ["stranger", "private, a stranger", privately.url, []],
    ["signed-in", "private, signed in", privately.url, [`Cookie: ${cookie}`]],
    ["visitor", "open, a visitor", openly.url, []],
  ] as const) {
    if (!values.only || values.only.split(",").includes(as)) open += await scan(name, url, headers);
  }
  await Promise.all([privately.stop(), openly.stop()]);
} finally {
  endpoint.close();
  await product.stop();
  await rm(folder, { recursive: true, force: true });
}
say(open === 0 ? "Nothing above informational." : `${open} findings above informational.`);
process.exit(open === 0 ? 0 : 1);

/** A type with an hour, so that there are pages to walk. */
async function giveContent({ url, token }: Product): Promise<void> {
  const headers = { authorization: `Bearer ${token}`, "content-type": "application/json" };
  const hour = formatHour(addHours(hourOf(new Date()), -2));
  const put = (path: string, body: object) =>
    fetch(`${url}/api/v1${path}`, { method: "PUT", headers, body: JSON.stringify(body) });
  await put("/datacenters/east", { activeFrom: hour });
  await put("/event-types/EndSong", { owner: "music", tier: "high", activeFrom: hour });
  await put("/event-types/EndSong/consumers/royalties", { contact: "#royalties" });
}

async function signIn(url: string): Promise<string> {
  const body = JSON.stringify({ token: product.token });
  const answer = await fetch(`${url}/api/v1/session`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body,
  });
  return answer.headers.getSetCookie()[0]?.split(";")[0] ?? "";
}

/** Prints each finding once, and returns how many are above informational. */
async function scan(name: string, url: string, headers: readonly string[]): Promise<number> {
  const output = join(folder, "report.json");
  const local = `http://127.0.0.1:${(endpoint.address() as AddressInfo).port}/`;
  const limits = [
    "--max-scan-time",
    values.seconds,
    "--max-attack-time",
    String(Number(values.seconds) / 10),
    "-d",
    "6",
  ];
  const session = ["--store-session", join(folder, name.replaceAll(/\W+/g, "-")), "--flush-session", "--no-bugreport"];
  const args = ["-u", `${url}/`, "-s", `${url}/api/docs`, "-s", `${url}/event-types/EndSong`, "--scope", "domain"];
  const all = [...args, "-m", modules, "-f", "json", "-o", output, "--endpoint", local, ...limits, ...session];
  const sent = headers.flatMap((header) => ["-H", header]);
  const child = spawn(wapiti ?? "", [...all, ...sent, "-v", "1"], { stdio: ["ignore", "pipe", "pipe"] });
  let said = "";
  for (const stream of [child.stdout, child.stderr])
    stream.on("data", (chunk) => (said = (said + chunk).slice(-20_000)));
  await once(child, "close");
  const report = JSON.parse(await readFile(output, "utf8").catch(() => "null")) as Report | null;
  if (report === null) throw new Error(`wapiti wrote no report:\n${said}`);
  say(`\n${name} (${report.infos.version})`);
  let above = 0;
  for (const [kind, found] of Object.entries({ ...report.vulnerabilities, ...report.anomalies })) {
    const texts = new Map<string, Finding>();
    for (const each of found) texts.set(each.info, each);
    for (const [text, { level, method, path, parameter }] of texts) {
      const because = accepted.find(([part]) => text.includes(part))?.[1];
      if (because === undefined) above += 1;
      const where = `${method} ${path}${parameter ? ` (${parameter})` : ""}`;
      say(`  ${kind}, level ${level}: ${text} at ${where}${because ? ` — accepted: ${because}` : ""}`);
    }
  }
  say(`  ${above} above informational`);
  return above;
}
