import type { Browser, Page } from "@playwright/test";
import type { Database } from "#server/db/database.ts";
import { formatTable, percentile } from "./machine.ts";
import { doubleTypes, streamUpdates, updatesText } from "./ui-updates.ts";

const rounds = 6;
const letterMs = 70;
const emptyPage = '<!doctype html><input type="search" aria-label="Filter event types">';

/** The board of 1,000 types while it changes: the delay from a key press to the page's handler, and to the next frame. */
export async function measureBoard(
  browser: Browser,
  { url, database }: { url: string; database: Database },
): Promise<string> {
  await doubleTypes(database);
  const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
  await page.addInitScript(watchInputs);

  await page.route("**/empty-page", (route) => route.fulfill({ contentType: "text/html", body: emptyPage }));
  await page.goto(`${url}/empty-page`);
  const empty = await measureInputs(page, typeOnly);
  await openBoard(page, url);
  const still = await measureInputs(page, work);
  const updates = streamUpdates(database);
  await openBoard(page, url);
  const before = updates.commits();
  const busy = await measureInputs(page, work);
  const commits = updates.commits() - before;
  await updates.stop();
  const answers = await readAnswers(page);
  await page.close();

  const inputs = formatTable(
    ["board of 1,000 types", "inputs", "input delay p50", "p95", "longest", "to the next paint p50", "p95", "longest"],
    [
      ["reference: an empty page with a field", ...sayInputs(empty)],
      ["reference: the board, nothing changes", ...sayInputs(still)],
      ["the board while updates stream", ...sayInputs(busy)],
    ],
  );
  const stream = `Updates: ${updatesText}; ${commits} commits in ${(busy.lastedMs / 1000).toFixed(0)} s, of which the page read ${answers.count} times again, ${(answers.bytes / 1000).toFixed(0)} KB each over the wire (${(answers.plain / 1000).toFixed(0)} KB of JSON).`;
  return `## The board\n\n${inputs}\n\n${stream}`;
}

interface Input {
  type: string;
  /** From the event to the page's first handler: Event Timing's processingStart − startTime. */
  delayMs: number;
  /** From the event to the end of the next frame. */
  paintMs: number;
}

interface Inputs {
  inputs: Input[];
  lastedMs: number;
}

declare global {
  interface Window {
    watchedInputs?: Input[];
  }
}

/**
 * In the page: records every key and click in a handler that runs first. Event Timing reports only those that took 16 ms or more,
 * so its percentiles would cover the slow ones alone.
 */
function watchInputs(): void {
  const watched: Input[] = [];
  window.watchedInputs = watched;
  for (const type of ["keydown", "pointerdown"]) {
    window.addEventListener(
      type,
      (event) => {
        const input = { type, delayMs: performance.now() - event.timeStamp, paintMs: Number.NaN };
        watched.push(input);
        requestAnimationFrame(() => {
          const { port1, port2 } = new MessageChannel();
          port1.onmessage = () => {
            input.paintMs = performance.now() - event.timeStamp;
          };
          // After the frame: its task runs once the frame is painted.
          port2.postMessage(null);
        });
      },
      { capture: true, passive: true },
    );
  }
}

async function openBoard(page: Page, url: string): Promise<void> {
  await page.goto(url);
  await page.getByRole("status").filter({ hasText: "1,000 types" }).waitFor({ timeout: 60_000 });
  // The page has settled: fonts, its first answers.
  await page.waitForTimeout(2_000);
}

async function measureInputs(page: Page, act: (page: Page) => Promise<void>): Promise<Inputs> {
  await page.evaluate(() => window.watchedInputs?.splice(0));
  const startedAtMs = performance.now();
  for (let round = 0; round < rounds; round += 1) await act(page);
  await page.waitForTimeout(300);
  const inputs = (await page.evaluate(() => window.watchedInputs)) ?? [];
  return { inputs, lastedMs: performance.now() - startedAtMs };
}

const words = "event04 owner:team-7 tier:high";

async function typeOnly(page: Page): Promise<void> {
  const field = page.getByRole("searchbox", { name: "Filter event types" });
  await field.click();
  await page.keyboard.type(words, { delay: letterMs });
  for (let letter = 0; letter < words.length; letter += 1) await page.keyboard.press("Backspace", { delay: 20 });
}

/** A user's session: type into the filter and clear it, walk down the rows, open some beside the board, go back. */
async function work(page: Page): Promise<void> {
  await typeOnly(page);
  await page.keyboard.press("Escape");
  await pressTimes(page, "j", 25);
  await page.keyboard.press("Enter");
  await page.getByRole("complementary").waitFor();
  await pressTimes(page, "j", 6);
  await page.keyboard.press("Escape");
  await pressTimes(page, "k", 10);
  await page.getByRole("button", { name: /^high tier/ }).click();
  await page.getByRole("button", { name: /^high tier/ }).click();
}

async function pressTimes(page: Page, key: string, times: number): Promise<void> {
  for (let pressed = 0; pressed < times; pressed += 1) {
    await page.keyboard.press(key);
    await page.waitForTimeout(letterMs);
  }
}

async function readAnswers(page: Page): Promise<{ count: number; bytes: number; plain: number }> {
  return page.evaluate(() => {
    const entries = performance.getEntriesByType("resource") as PerformanceResourceTiming[];
    const answers = entries.filter(({ name }) => name.endsWith("/api/v1/board/compact"));
    const last = answers.at(-1);
    return { count: answers.length, bytes: last?.encodedBodySize ?? 0, plain: last?.decodedBodySize ?? 0 };
  });
}

function sayInputs({ inputs }: Inputs): (string | number)[] {
  const of = (pick: (input: Input) => number) => {
    const times = inputs.map(pick);
    const at = (share: number) => `${percentile(times, share).toFixed(1)} ms`;
    return [at(0.5), at(0.95), `${percentile(times, 1).toFixed(0)} ms`];
  };
  return [inputs.length, ...of(({ delayMs }) => delayMs), ...of(({ paintMs }) => paintMs)];
}
