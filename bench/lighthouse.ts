// npm run bench:lighthouse: Google's Lighthouse on the production build with the demo's fourteen days, desktop and phone
// as Lighthouse simulates them, and the scripts that each page sends.
import { spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { chmod, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { chromium } from "@playwright/test";
import lighthouse, { desktopConfig } from "lighthouse";
import type { BoardJson, StatusJson } from "#domain/api/board.ts";
import { childEnvironment } from "#server/config.ts";
import { chromiumOptions } from "../scripts/chromium-options.ts";
import { describeMachine, formatTable } from "./machine.ts";

const root = join(import.meta.dirname, "..");
const runs = Number(process.argv[2] ?? 3);
const categories = ["performance", "accessibility", "best-practices"] as const;

const token = `tm_${randomBytes(24).toString("base64url")}`;
const dataDir = await mkdtemp(join(tmpdir(), "tidemark-lighthouse-"));
await chmod(dataDir, 0o711);
const dataFolder = join(dataDir, "data");
const port = 3419;
const debugPort = 9419;
const url = `http://127.0.0.1:${port}`;
const product = spawn(process.execPath, [join(root, "workers/supervisor/main.ts"), "--demo"], {
  cwd: root,
  env: childEnvironment({
    PORT: String(port),
    TIDEMARK_DATA_DIR: dataFolder,
    TIDEMARK_ADMIN_TOKEN: token,
    DATABASE_URL: null,
  }),
  stdio: ["pipe", "ignore", "inherit"],
});
const exited = new Promise((resolve) => product.once("exit", resolve));
try {
  await untilFilled();
  const hour = await lastClosedHour();
  const pages = [
    ["board", "/"],
    ["matrix", "/completeness"],
    ["hour", hour],
    ["incidents", "/alerts"],
    ["SLA", "/slo"],
  ] as const;
  const rows: (string | number)[][] = [];
  for (const [name, path] of pages) {
    for (const form of ["desktop", "phone"] as const) rows.push([name, form, ...(await audit(`${url}${path}`, form))]);
  }
  const header = ["page", "as", "performance", "accessibility", "best practices", "scripts, KiB gzip"];
  process.stdout.write(`${describeMachine()}; median of ${runs} runs\n\n${formatTable(header, rows)}\n`);
} finally {
  product.kill("SIGINT");
  await exited;
  await rm(dataDir, { recursive: true, force: true });
}

/** The demo has told its history and everything is judged. */
async function untilFilled(): Promise<void> {
  const giveUpMs = performance.now() + 600_000;
  while (performance.now() < giveUpMs) {
    await sleep(2_000);
    const status = await get<StatusJson>("/status").catch(() => null);
    if (status && status.ingest.messages > 40_000 && status.dirtyHours === 0) return;
  }
  throw new Error("The demo was not filled within ten minutes.");
}

async function get<Body>(path: string): Promise<Body> {
  const response = await fetch(`${url}/api/v1${path}`, { headers: { authorization: `Bearer ${token}` } });
  return (await response.json()) as Body;
}

async function lastClosedHour(): Promise<string> {
  const board = await get<BoardJson>("/board?limit=1");
  const [row] = board.items;
  const cell = row?.strip.findLast((each) => each !== null && each.closingDelaySeconds !== null);
  return `/event-types/${row?.eventType}/hours/${cell?.hour}`;
}

/** Medians of the scores, and what of scripts came over the wire. */
async function audit(address: string, form: "desktop" | "phone"): Promise<(string | number)[]> {
  const options = chromiumOptions();
  const scores: Record<(typeof categories)[number], number[]> = {
    performance: [],
    accessibility: [],
    "best-practices": [],
  };
  let scriptBytes = 0;
  for (let run = 0; run < runs; run += 1) {
    const browser = await chromium.launch({
      ...options,
      args: [...options.args, `--remote-debugging-port=${debugPort}`],
    });
    try {
      const flags = { port: debugPort, onlyCategories: [...categories], logLevel: "error" as const };
      const result = await lighthouse(address, flags, form === "desktop" ? desktopConfig : undefined);
      if (!result) throw new Error(`Lighthouse said nothing of ${address}.`);
      for (const category of categories) scores[category].push((result.lhr.categories[category]?.score ?? 0) * 100);
      scriptBytes = transferred(result.lhr.audits["network-requests"]?.details);
      for (const { score, title } of failing(result.lhr)) {
        process.stderr.write(`${address} ${form}: ${Math.round((score ?? 0) * 100)} ${title}\n`);
      }
    } finally {
      await browser.close();
    }
  }
  return [...categories.map((category) => Math.round(median(scores[category]))), Math.round(scriptBytes / 1024)];
}

interface Report {
  categories: Record<string, { auditRefs: { id: string; weight: number }[] }>;
  audits: Record<string, { score: number | null; title: string }>;
}

/** What costs points, for whoever mends it. */
function failing({ categories: all, audits }: Report): { score: number | null; title: string }[] {
  return Object.values(all)
    .flatMap(({ auditRefs }) => auditRefs)
    .flatMap(({ id, weight }) => {
      const audit = audits[id];
      return weight > 0 && audit && audit.score !== null && audit.score < 0.9 ? [audit] : [];
    });
}

function transferred(details: unknown): number {
  const { items = [] } = (details ?? {}) as { items?: { resourceType?: string; transferSize?: number }[] };
  return items
    .filter(({ resourceType }) => resourceType === "Script")
    .reduce((sum, { transferSize = 0 }) => sum + transferSize, 0);
}

function median(values: number[]): number {
  return [...values].sort((one, other) => one - other)[Math.floor(values.length / 2)] ?? 0;
}
