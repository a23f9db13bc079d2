import type { Browser, Page } from "@playwright/test";
import { formatTable, percentile } from "./machine.ts";

const loads = 7;
const movingMs = 4_000;

/** The completeness matrix of 500 types × 744 hours: how soon its cells are painted, and how smoothly it moves. */
export async function measureMatrix(browser: Browser, { url }: { url: string }): Promise<string> {
  const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
  await page.addInitScript(watchFirstCells);
  const paints: FirstPaint[] = [];
  for (let load = 0; load <= loads; load += 1) {
    await page.goto(`${url}/completeness?days=31`);
    const paint = await readFirstPaint(page);
    // The first load warms the server and the browser's script cache.
    if (load > 0) paints.push(paint);
  }
  const reference = await measureReference(page);
  const idle = await measureFrames(page, "nothing");
  const moves = {
    "pan over a week (hours with their marks)": await moveFrom(page, `${url}/completeness?days=31&span=168`, "pan"),
    "pan down 500 rows at three days": await moveFrom(page, `${url}/completeness?days=31&span=72`, "scroll"),
    "zoom from the month to half a day and back": await moveFrom(page, `${url}/completeness?days=31`, "zoom"),
    "hover over the month": await moveFrom(page, `${url}/completeness?days=31`, "hover"),
  };
  await page.close();

  const ms = paints.map(({ paintedMs }) => paintedMs).sort((a, b) => a - b);
  const bytes = paints[0]?.bytes ?? 0;
  const figures = formatTable(
    ["500 types × 744 hours", "figure", "target"],
    [
      ["the answer over the wire", `${(bytes / 1000).toFixed(0)} KB`, "≤ 250 KB"],
      [`first paint of cells after the data, median of ${loads}`, `${ms[loads >> 1]?.toFixed(0)} ms`, "≤ 150 ms"],
      ["the same, worst", `${ms.at(-1)?.toFixed(0)} ms`, ""],
      ["reference: parse the answer and paint one picture of that size", `${reference.toFixed(0)} ms`, ""],
    ],
  );
  const frames = formatTable(
    ["movement", "frames a second", "interval p95", "longest"],
    [
      ["reference: nothing moves", ...sayFrames(idle)],
      ...Object.entries(moves).map(([what, measured]) => [what, ...sayFrames(measured)]),
    ],
  );
  return `## The completeness matrix\n\n${figures}\n\n${frames}`;
}

interface FirstPaint {
  paintedMs: number;
  bytes: number;
}

interface Frames {
  perSecond: number;
  p95Ms: number;
  longestMs: number;
}

declare global {
  interface Window {
    /** When the cells were first painted. */
    cellsPaintedAtMs?: number;
  }
}

/** In the page: records when the frame is done in which the cells' picture is first drawn. */
function watchFirstCells(): void {
  const drawImage = CanvasRenderingContext2D.prototype.drawImage as (...args: unknown[]) => void;
  CanvasRenderingContext2D.prototype.drawImage = function (this: CanvasRenderingContext2D, ...args: unknown[]) {
    const [source] = args;
    if (window.cellsPaintedAtMs === undefined && source instanceof HTMLCanvasElement && source.height >= 400) {
      window.cellsPaintedAtMs = Number.NaN;
      requestAnimationFrame(() => {
        const { port1, port2 } = new MessageChannel();
        port1.onmessage = () => {
          window.cellsPaintedAtMs = performance.now();
        };
        // After the frame: its task runs once the frame is painted.
        port2.postMessage(null);
      });
    }
    drawImage.apply(this, args);
  } as typeof CanvasRenderingContext2D.prototype.drawImage;
}

async function readFirstPaint(page: Page): Promise<FirstPaint> {
  await page.waitForFunction(() => (window.cellsPaintedAtMs ?? 0) > 0, undefined, { timeout: 60_000 });
  return page.evaluate(() => {
    const entries = performance.getEntriesByType("resource") as PerformanceResourceTiming[];
    const answer = entries.find(({ name }) => name.includes("/api/v1/matrix?"));
    return {
      paintedMs: (window.cellsPaintedAtMs ?? Number.NaN) - (answer?.responseEnd ?? Number.NaN),
      bytes: answer?.encodedBodySize ?? 0,
    };
  });
}

/** The unavoidable minimum: parsing the text, and one picture of that many pixels on a canvas. */
async function measureReference(page: Page): Promise<number> {
  return page.evaluate(async () => {
    const entries = performance.getEntriesByType("resource") as PerformanceResourceTiming[];
    const name = entries.find((entry) => entry.name.includes("/api/v1/matrix?"))?.name ?? "";
    const text = await (await fetch(name)).text();
    const canvas = document.createElement("canvas");
    document.body.append(canvas);
    [canvas.width, canvas.height] = [744, 500];
    const startedAtMs = performance.now();
    JSON.parse(text);
    const context = canvas.getContext("2d");
    const image = new ImageData(744, 500);
    image.data.fill(128);
    context?.putImageData(image, 0, 0);
    await new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)));
    const took = performance.now() - startedAtMs;
    canvas.remove();
    return took;
  });
}

type Movement = "nothing" | "pan" | "scroll" | "zoom" | "hover";

async function moveFrom(page: Page, url: string, movement: Movement): Promise<Frames> {
  await page.goto(url);
  await readFirstPaint(page);
  // The page has settled: fonts, the board's own requests.
  await page.waitForTimeout(1_500);
  return measureFrames(page, movement);
}

/** One event per frame, as from a hand, through the page's own handlers; counts the resulting frames. */
async function measureFrames(page: Page, movement: Movement): Promise<Frames> {
  const intervals = await page.evaluate(
    ([move, lastsMs]) => {
      const cells = document.querySelector("[role=application]");
      const box = cells?.getBoundingClientRect() ?? new DOMRect();
      const at = { clientX: box.x + box.width / 2, clientY: box.y + box.height / 3, bubbles: true, cancelable: true };
      const wheel = (init: WheelEventInit) => cells?.dispatchEvent(new WheelEvent("wheel", { ...at, ...init }));
      const acts: Record<string, (frame: number) => unknown> = {
        nothing: () => undefined,
        // Half of the time one way, half of the time back.
        pan: (frame) => wheel({ deltaX: frame % 120 < 60 ? -40 : 40 }),
        scroll: (frame) => wheel({ deltaY: frame % 120 < 60 ? 60 : -60 }),
        zoom: (frame) => wheel({ ctrlKey: true, deltaY: frame % 120 < 60 ? -8 : 8 }),
        hover: (frame) =>
          cells?.dispatchEvent(
            new PointerEvent("pointermove", {
              ...at,
              pointerType: "mouse",
              clientX: box.x + ((frame * 7) % box.width),
              clientY: box.y + ((frame * 3) % box.height),
            }),
          ),
      };
      return new Promise<number[]>((resolve) => {
        const found: number[] = [];
        let before = 0;
        let startedAtMs = 0;
        let frame = 0;
        const step = (time: number) => {
          startedAtMs ||= time;
          if (before > 0) found.push(time - before);
          before = time;
          if (time - startedAtMs > lastsMs) return resolve(found);
          acts[move]?.(frame);
          frame += 1;
          requestAnimationFrame(step);
        };
        requestAnimationFrame(step);
      });
    },
    [movement, movingMs] as const,
  );
  return {
    perSecond: (1000 * intervals.length) / intervals.reduce((sum, each) => sum + each, 0),
    p95Ms: percentile(intervals, 0.95),
    longestMs: percentile(intervals, 1),
  };
}

function sayFrames({ perSecond, p95Ms, longestMs }: Frames): string[] {
  return [perSecond.toFixed(1), `${p95Ms.toFixed(1)} ms`, `${longestMs.toFixed(0)} ms`];
}
