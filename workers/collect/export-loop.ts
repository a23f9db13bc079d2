import { exportedMetrics, exportPoints } from "#domain/metric-export.ts";
import type { Context } from "#server/access/index.ts";
import { type MetricWriter, maxSeries } from "#server/adapters/metric-writer.ts";
import { readFleetFigures } from "#server/board/index.ts";
import { claimPoint, recordWrite, type WriteResult } from "#server/metric-export/index.ts";
import { type LoopParts, underLease } from "../loop-parts.ts";
import { Trouble } from "../trouble.ts";

export interface ExportDeps extends Omit<LoopParts, "turns"> {
  project: string;
  /** How many event types, those at greatest risk. */
  eventTypes: number;
  openWriter(): Promise<MetricWriter>;
  /** Google's time is real, also in a drill. */
  realNow(): Date;
  /** Waits this many real milliseconds, or until the signal aborts. */
  pause(realMs: number): Promise<void>;
}

/** Longer than what is left of it may take a call: renewed after a third, before each of them. */
const lease = { lease: "metric-export", seconds: 30 };
const lookEveryMs = 2_000;
/** What is not written by then waits for the next minute's point. */
const turnLimitMs = 45_000;

/**
 * Writes the fleet's figures to Cloud Monitoring once a minute, by one process at a time, until the signal aborts. A failure loses the
 * minute's points: a gauge has newer ones a minute later, and older ones would be refused.
 */
export async function exportMetrics(deps: ExportDeps): Promise<void> {
  const { log, signal, pause } = deps;
  // Logged once an outage: it fails once a minute.
  const trouble = new Trouble(log, `Writing metrics to Cloud Monitoring (project ${deps.project})`, Infinity);
  const writer = new DescribedWriter(deps.openWriter);
  await underLease(deps, lease, async (mayWork) => {
    while (!signal.aborted) {
      try {
        const result = (await mayWork()) ? await writeMinute(deps, writer, mayWork) : null;
        if (result?.error) trouble.failed(new Error(result.error), "the next minute's points follow");
        else if (result) trouble.passed();
      } catch (error) {
        trouble.failed(error, "the next minute's points follow");
      }
      await pause(lookEveryMs);
    }
  });
  await writer.close();
}

/** null: it is not due. */
async function writeMinute(
  deps: ExportDeps,
  writer: DescribedWriter,
  mayWork: () => Promise<boolean>,
): Promise<WriteResult | null> {
  const { ctx, project, eventTypes } = deps;
  const { sql } = ctx.database;
  const at = deps.realNow();
  if (!(await claimPoint(sql, { project, at }))) return null;
  const turn = new Turn(project, at);
  const giveUpMs = performance.now() + turnLimitMs;
  try {
    const points = await readPoints(ctx, eventTypes, turn);
    for (let first = 0; first < points.length; first += maxSeries) {
      if (deps.signal.aborted || performance.now() > giveUpMs || !(await mayWork())) break;
      turn.add(
        await writer.write(points.slice(first, first + maxSeries), at),
        Math.min(maxSeries, points.length - first),
      );
    }
  } catch (error) {
    turn.error = error instanceof Error ? error.message : String(error);
  }
  const result = turn.result();
  await recordWrite(sql, result);
  return result;
}

async function readPoints(ctx: Context, eventTypes: number, turn: Turn) {
  const figures = await readFleetFigures({ ctx, input: { eventTypes } });
  const points = exportPoints(figures);
  turn.series = points.length;
  turn.leftOutEventTypes = figures.leftOut.eventTypes;
  return points;
}

/** What comes of one minute. */
class Turn {
  series = 0;
  leftOutEventTypes = 0;
  error: string | null = null;
  readonly #project: string;
  readonly #at: Date;
  #written = 0;
  #refused = 0;
  readonly #reasons = new Set<string>();

  constructor(project: string, at: Date) {
    this.#project = project;
    this.#at = at;
  }

  add({ refused, reasons }: Awaited<ReturnType<MetricWriter["write"]>>, points: number): void {
    this.#written += points - refused;
    this.#refused += refused;
    for (const reason of reasons) this.#reasons.add(reason);
  }

  result(): WriteResult {
    const { series, leftOutEventTypes } = this;
    const notWritten = series - this.#written;
    return {
      project: this.#project,
      at: this.#at,
      series,
      written: this.#written,
      notWritten,
      leftOutEventTypes,
      error: this.error ?? this.#shortfall(notWritten),
    };
  }

  #shortfall(notWritten: number): string | null {
    if (notWritten === 0) return null;
    if (this.#refused === 0) return `${notWritten} of ${this.series} points were not written in time.`;
    return `Google refused ${this.#refused} of ${this.series} points: ${[...this.#reasons].join(" ").slice(0, 500)}`;
  }
}

/** Opened with the first point, and described before it: descriptors are made once. */
class DescribedWriter {
  readonly #open: () => Promise<MetricWriter>;
  #writer: MetricWriter | null = null;
  #isDescribed = false;

  constructor(open: () => Promise<MetricWriter>) {
    this.#open = open;
  }

  async write(...args: Parameters<MetricWriter["write"]>): ReturnType<MetricWriter["write"]> {
    this.#writer ??= await this.#open();
    if (!this.#isDescribed) await this.#writer.describe(exportedMetrics);
    this.#isDescribed = true;
    return this.#writer.write(...args);
  }

  async close(): Promise<void> {
    await this.#writer?.close();
  }
}
