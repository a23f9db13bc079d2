// npm run bench:lighthouse: Google's Lighthouse on the production build with the demo's fourteen days, desktop and phone
// as simulated by Lighthouse, and the scripts that each page loads. `-- --runs 1 --page matrix,hour --as phone` for a
// quick run; `--keep <folder>` keeps Lighthouse's own reports.
import { spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { chmod, mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { loadavg, tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { parseArgs } from "node:util";
import { chromium } from "@playwright/test";
import lighthouse, { desktopConfig } from "lighthouse";
import type { BoardJson, StatusJson } from "#domain/api/board.ts";
import { childEnvironment } from "#server/config.ts";
import { chromiumOptions } from "../scripts/chromium-options.ts";
import { describeMachine, formatTable, percentile } from "./machine.ts";

const root = join(import.meta.dirname, "..");
const { values } = parseArgs({
  options: {
    runs: { type: "string", default: "3" },
    page: { type: "string", default: "board,matrix,hour,incidents,service levels" },
    as: { type: "string", default: "desktop,phone" },
    keep: { type: "string" },
  },
});
const runs = Number(values.runs);
const wantedPages = values.page.split(",");
const forms = (["desktop", "phone"] as const).filter((form) => values.as.split(",").includes(form));
/** By then background work on the history (a forecast's fit, service levels) is done, and takes no CPU from the pages. */
const settleMs = 60_000;
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
  await sleep(settleMs);
  const pages: Record<string, string> = {
    board: "/",
    matrix: "/completeness",
    hour: await lastClosedHour(),
    incidents: "/alerts",
    "service levels": "/service-levels",
  };
  const unknown = wantedPages.filter((name) => !(name in pages));
  if (unknown.length > 0) throw new Error(`No page is called ${unknown.join(", ")}: ${Object.keys(pages).join(", ")}.`);
  const rows: (string | number)[][] = [];
  for (const name of wantedPages) {
    for (const form of forms) rows.push([name, form, ...(await audit(name, `${url}${pages[name]}`, form))]);
  }
  const header = ["page", "as", "performance", "accessibility", "best practices", "scripts, KiB gzip"];
  const load = loadavg()[1]?.toFixed(1);
  process.stdout.write(`${describeMachine()}; median of ${runs} runs; load average ${load}\n\n`);
  process.stdout.write(`${formatTable(header, rows)}\n`);
} finally {
  product.kill("SIGINT");
  await exited;
  await rm(dataDir, { recursive: true, force: true });
}

/** The demo has sent its history and everything is judged. */
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

/** Of the first type on the board. Without one, Lighthouse would get a not-found page, and give no score. */
async function lastClosedHour(): Promise<string> {
  const giveUpMs = performance.now() + 60_000;
  while (performance.now() < giveUpMs) {
    const [row] = (await get<BoardJson>("/board?limit=1")).items;
    const cell = row?.strip.findLast((each) => each !== null && each.closingDelaySeconds !== null);
    if (row && cell) return `/event-types/${row.eventType}/hours/${cell.hour}`;
    await sleep(1_000);
  }
  throw new Error("No hour on the board's first row is closed.");
}

/** Medians of the scores, and the size of scripts over the wire. */
async function audit(name: string, address: string, form: "desktop" | "phone"): Promise<(string | number)[]> {
  const scores = categories.map((): number[] => []);
  let scriptBytes = 0;
  for (let run = 1; run <= runs; run += 1) {
    const lhr = await auditOnce(address, form);
    if (values.keep) {
      await mkdir(values.keep, { recursive: true });
      await writeFile(join(values.keep, `${name}-${form}-${run}.json`), JSON.stringify(lhr));
    }
    categories.forEach((category, index) => {
      const score = lhr.categories[category]?.score;
      // A run without a score is not a score of zero.
      if (typeof score === "number") scores[index]?.push(score * 100);
    });
    if (lhr.runtimeError) process.stderr.write(`${address} ${form}: ${lhr.runtimeError.message}\n`);
    scriptBytes = transferred(lhr.audits["network-requests"]?.details);
    for (const { score, title, displayValue } of failing(lhr)) {
      process.stderr.write(`${address} ${form}: ${Math.round((score ?? 0) * 100)} ${title} ${displayValue ?? ""}\n`);
    }
  }
  return [...scores.map(sayMedian), Math.round(scriptBytes / 1024)];
}

/** In a browser of its own, with an empty cache. */
async function auditOnce(address: string, form: "desktop" | "phone") {
  const options = chromiumOptions();
  const browser = await chromium.launch({
    ...options,
    args: [...options.args, `--remote-debugging-port=${debugPort}`],
  });
  try {
    const flags = { port: debugPort, onlyCategories: [...categories], logLevel: "error" as const };
    const result = await lighthouse(address, flags, form === "desktop" ? desktopConfig : undefined);
    if (!result) throw new Error(`Lighthouse said nothing of ${address}.`);
    return result.lhr;
  } finally {
    await browser.close();
  }
}

interface Report {
  categories: Record<string, { auditRefs: { id: string; weight: number }[] }>;
  audits: Record<string, { score: number | null; title: string; displayValue?: string }>;
}

/** What costs points, as a list of fixes. */
function failing({ categories: all, audits }: Report): Report["audits"][string][] {
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

/** With a note on the runs without a score. */
function sayMedian(given: number[]): number | string {
  if (given.length === 0) return "no score";
  const middle = percentile(given, 0.5);
  return given.length === runs
    ? Math.round(middle)
    : `${Math.round(middle)} (${runs - given.length} of ${runs} without)`;
}
