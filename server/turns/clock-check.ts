import type { Sql } from "#server/db/database.ts";

/** Verdicts depend on the clock: one further off the database's would judge hours too early or too late. */
const mostOffsetMs = 30_000;
const checkEveryMs = 5_000;

export interface ClockCheckOptions {
  sql: Sql;
  /** Called when the clock starts to disagree (by this much; negative: behind the database's), and with null when it agrees again. */
  onChange(aheadMs: number | null): void;
  /** Replaced in tests. */
  realNowMs?: () => number;
}

/** Compares this process's real clock with the database's. A drill's clock is derived from it and is not checked. */
export class ClockCheck {
  readonly #options: ClockCheckOptions;
  #checkedAtMs = Number.NEGATIVE_INFINITY;
  #aheadMs = 0;

  constructor(options: ClockCheckOptions) {
    this.#options = options;
  }

  /** Last measurement; negative: behind the database's. */
  get aheadMs(): number {
    return this.#aheadMs;
  }

  /** Remeasured after some seconds. Throws if the database is unavailable: then nothing can be judged either. */
  async agrees(): Promise<boolean> {
    if (performance.now() - this.#checkedAtMs >= checkEveryMs) await this.#measure();
    return isClose(this.#aheadMs);
  }

  async #measure(): Promise<void> {
    const { sql, realNowMs = Date.now, onChange } = this.#options;
    const askedMs = realNowMs();
    const steadyMs = performance.now();
    const { rows } = await sql.query<{ ms: number }>(
      "SELECT extract(epoch FROM clock_timestamp())::float8 * 1000 AS ms",
    );
    const tookMs = performance.now() - steadyMs;
    const before = this.#aheadMs;
    this.#aheadMs = nearest(askedMs - (rows[0]?.ms ?? askedMs), tookMs);
    this.#checkedAtMs = performance.now();
    if (isClose(before) !== isClose(this.#aheadMs)) onChange(isClose(this.#aheadMs) ? null : this.#aheadMs);
  }
}

/** The database read its clock at some moment during the query, so an offset within that time is no difference. */
function nearest(earliestMs: number, tookMs: number): number {
  const latestMs = earliestMs + tookMs;
  if (earliestMs <= 0 && latestMs >= 0) return 0;
  return earliestMs > 0 ? earliestMs : latestMs;
}

function isClose(aheadMs: number): boolean {
  return Math.abs(aheadMs) <= mostOffsetMs;
}
