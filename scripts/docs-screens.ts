// npm run docs:screens: retakes the screenshots of docs/design.md, from the product as the browser tests start it, and from the
// scripted day at five moments, all signed in as an administrator. `-- alerts incident-ongoing` takes only those.
import { spawn } from "node:child_process";
import { mkdir, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { type BrowserContext, chromium, devices, type Page } from "@playwright/test";
import sharp from "sharp";
import { liveToMoments, scriptedMoments } from "#test/story/scripted-moments.ts";
import { buildWebApp } from "#workers/web/build.ts";
import { untilLive } from "../e2e/until-live.ts";
import { chromiumOptions } from "./chromium-options.ts";

const root = join(import.meta.dirname, "..");
const folder = join(root, "docs/screens");
const port = process.env.E2E_PORT ?? "3418";
const url = `http://127.0.0.1:${port}`;

interface Shot {
  name: string;
  path: string;
  /** Wide is 1440 × 900. */
  shape?: "phone";
  scheme?: "dark";
}

const shots: readonly Shot[] = [
  { name: "board", path: "/" },
  { name: "board-dark", path: "/", scheme: "dark" },
  { name: "board-phone", path: "/", shape: "phone" },
  { name: "board-sheet", path: "/?group=owner&open=EndSong" },
  { name: "matrix", path: "/completeness" },
  { name: "hour", path: "/event-types/EndSong/hours/2026-11-20T11" },
  { name: "hour-phone", path: "/event-types/EndSong/hours/2026-11-20T11", shape: "phone" },
  { name: "type", path: "/event-types/EndSong" },
  { name: "trends", path: "/event-types/EndSong/trends" },
  { name: "alerts", path: "/alerts" },
  { name: "consumers", path: "/consumers" },
  { name: "datacenter", path: "/datacenters/sjc" },
  { name: "deployments", path: "/deployments" },
  { name: "slo", path: "/service-levels?month=2026-11" },
  { name: "rejected", path: "/rejected-messages" },
  { name: "status", path: "/status" },
];

/** Of one of the scripted day's moments: the first incident's page, and the board while it is open. */
function shotsOfMoment(moment: string): readonly Shot[] {
  const page = { name: `incident-${moment}`, path: "/alerts/incidents/1" };
  const board = { name: `board-${moment}`, path: "/" };
  return (moment === "over" || moment === "next-morning" ? [page] : [page, board]).flatMap((shot) => [
    shot,
    { ...shot, name: `${shot.name}-phone`, shape: "phone", scheme: "dark" } as const,
  ]);
}

const only = process.argv.slice(2);
const isAsked = ({ name }: Shot) => only.length === 0 || only.includes(name);
if (only.length === 0) await rm(folder, { recursive: true, force: true });
await mkdir(folder, { recursive: true });
const browser = await chromium.launch(chromiumOptions());
if (shots.some(isAsked)) await takeOfProduct();
if (scriptedMoments.some(({ name }) => shotsOfMoment(name).some(isAsked))) {
  await buildWebApp({ say: (sentence) => process.stdout.write(`${sentence}\n`) });
  await liveToMoments(({ name, url: at, token }) => take({ at, token }, shotsOfMoment(name)));
}
await browser.close();

async function takeOfProduct(): Promise<void> {
  const { token, stop } = await startProduct();
  try {
    // The silent datacenter becomes an incident within minutes.
    const page = await browser.newPage();
    await page.goto(`${url}/alerts`);
    await page.getByRole("list", { name: "Open incidents" }).waitFor({ timeout: 300_000 });
    await page.close();
    await take({ at: url, token }, shots);
  } finally {
    await stop();
  }
}

async function take({ at, token }: { at: string; token: string }, all: readonly Shot[]): Promise<void> {
  const storageState = await signIn(at, token);
  for (const shot of all.filter(isAsked)) {
    const device = shot.shape === "phone" ? devices["Pixel 7"] : { viewport: { width: 1440, height: 900 } };
    const context = await browser.newContext({
      ...device,
      storageState,
      // Enough for a picture in a document.
      deviceScaleFactor: 1,
      colorScheme: shot.scheme ?? "light",
      reducedMotion: "reduce",
    });
    const page = await context.newPage();
    await page.goto(`${at}${shot.path}`);
    await settle(page);
    // With a palette a picture takes two fifths of the bytes.
    const picture = sharp(await page.screenshot()).png({ palette: true, effort: 10 });
    await writeFile(join(folder, `${shot.name}.png`), await picture.toBuffer());
    await context.close();
    process.stdout.write(`docs/screens/${shot.name}.png\n`);
  }
}

/** The session’s cookie: visitors would not see the acts. */
async function signIn(at: string, token: string): ReturnType<BrowserContext["storageState"]> {
  const context = await browser.newContext({ baseURL: at });
  const page = await context.newPage();
  await page.goto("/sign-in?next=/status");
  await untilLive(page);
  await page.getByLabel("Token").fill(token);
  await page.getByRole("button", { name: "Sign in" }).click();
  await page.waitForURL("/status");
  const state = await context.storageState();
  await context.close();
  return state;
}

/** Until charts are drawn, and no request is in flight; the event stream never ends, so "network idle" never comes. */
async function settle(page: Page): Promise<void> {
  await untilLive(page);
  await page.waitForTimeout(2_500);
}

async function startProduct(): Promise<{ token: string; stop(): Promise<void> }> {
  const child = spawn(process.execPath, [join(root, "e2e/start-server.ts")], {
    cwd: root,
    env: { ...process.env, E2E_PORT: port },
    stdio: ["pipe", "pipe", "inherit"],
  });
  const exited = new Promise<void>((resolve) => child.once("exit", () => resolve()));
  const token = await new Promise<string>((resolve, reject) => {
    createInterface({ input: child.stdout }).on("line", (line) => {
      const [, found] = /^Ready: \S+ (\S+)/.exec(line) ?? [];
      if (found !== undefined) resolve(found);
    });
    child.once("exit", () => reject(new Error("The product did not start.")));
  });
  return {
    token,
    stop: async () => {
      child.kill("SIGTERM");
      await exited;
    },
  };
}
