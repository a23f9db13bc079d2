import type pg from "pg";
import type { Clock } from "#domain/clock.ts";
import { type Database, openDatabase } from "./database.ts";
import { isDatabaseUnreachable } from "./database-unreachable.ts";
import { openSessionPool } from "./session-pool.ts";

const lookMs = 1_000;
const answerMs = 2_000;
/** Behind by more, the primary answers. Tidemark writes every other second, so an idle primary is not behind. */
const mostBehindMs = 30_000;

/** Where a use case reads, and what time it is there. */
interface Place {
  database: Database;
  clock: Clock;
}

/** Reads of the past, which may be some seconds old. */
export interface PastReads {
  /**
   * On the replica, with a clock that stands where its data do, so that "as of" and states claim nothing newer; on the primary while the
   * replica is away, behind by more than 30 s, or cannot answer this.
   */
  read<Ctx extends Place, Result>(ctx: Ctx, work: (ctx: Ctx) => Promise<Result>): Promise<Result>;
  close(): Promise<void>;
}

/** Through a standby of the primary. Without one (null) everything is read where it is written. */
export function openPastReads(url: string | null, maxConnections: number): PastReads {
  if (url === null) return { read: (ctx, work) => work(ctx), close: async () => undefined };
  const database = openDatabase(url, { applicationName: "tidemark past", maxConnections, work: "web" });
  // Apart from the reads, which may hold all of their connections.
  const own = openSessionPool(url, { work: "listen", maxConnections: 1, applicationName: "tidemark replica" });
  /** What it has replayed was committed at this point of `performance.now()` or later; null: it is of no use now. */
  let standsAtMs: number | null = null;
  let looking: Promise<void> | null = null;
  const look = async () => {
    const askedAtMs = performance.now();
    standsAtMs = await readBehindMs(own).then(
      (behindMs) => (behindMs === null ? null : askedAtMs - behindMs),
      () => null,
    );
    looking = null;
  };
  const timer = setInterval(() => {
    looking ??= look();
  }, lookMs).unref();
  return {
    async read(ctx, work) {
      const behindMs = standsAtMs === null ? Number.POSITIVE_INFINITY : performance.now() - standsAtMs;
      if (behindMs > mostBehindMs) return work(ctx);
      const clock = behind(ctx.clock, behindMs);
      try {
        return await work({ ...ctx, database, clock });
      } catch (error) {
        // Also a conflict with what it replays. A refusal of the request itself is the same on the primary.
        if (!isDatabaseUnreachable(error)) throw error;
        standsAtMs = null;
        return work(ctx);
      }
    },
    async close() {
      clearInterval(timer);
      await looking;
      await Promise.all([own.end(), database.close()]);
    },
  };
}

/** null: nothing was replayed yet. Promoted, it is the primary. */
async function readBehindMs(pool: pg.Pool): Promise<number | null> {
  const statement = {
    text: `SELECT CASE WHEN NOT pg_is_in_recovery() THEN 0
                ELSE extract(epoch FROM clock_timestamp() - pg_last_xact_replay_timestamp())::float8 * 1000 END AS behind`,
    query_timeout: answerMs,
  };
  const { rows } = await pool.query<{ behind: number | null }>(statement);
  const behindMs = rows[0]?.behind ?? null;
  return behindMs === null ? null : Math.max(behindMs, 0);
}

function behind(clock: Clock, realMs: number): Clock {
  const productMs = realMs * clock.speed;
  return {
    speed: clock.speed,
    now: () => new Date(clock.now().getTime() - productMs),
    toRealMs: (ms) => clock.toRealMs(ms),
  };
}
