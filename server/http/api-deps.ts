import type { Clock } from "#domain/clock.ts";
import type { Access, Context } from "#server/access/index.ts";
import type { Database } from "#server/db/database.ts";
import type { BatchWriter } from "#server/facts/index.ts";
import type { ChangeFeed, VerdictListener } from "#server/verdicts/index.ts";
import type { ByteBudget } from "./byte-budget.ts";

/** What the log needs to be; pino's loggers are. */
export interface ApiLog {
  error(fields: object, message: string): void;
  warn(fields: object, message: string): void;
}

/** Everything the API works with. Built once a process by runtime.ts, and by tests on their own database. */
export interface ApiDeps {
  readonly database: Database;
  readonly clock: Clock;
  readonly log: ApiLog;
  readonly access: Access;
  /** Wakes requests that the gate holds. */
  readonly verdicts: VerdictListener;
  /** Tells open screens that something was committed. */
  readonly changes: ChangeFeed;
  /** Commits the events that come in over HTTP. */
  readonly writer: BatchWriter;
  /** Bytes of events under way over HTTP. */
  readonly ingestBytes: ByteBudget;
  /** How long facts are kept (TIDEMARK_RETENTION_FACTS); null: for ever. */
  readonly keepFactsSeconds: number | null;
  /** The value of an environment variable that a channel names; null where it is unset. */
  readSecret(name: string): string | null;
  /** Where people reach the pages (TIDEMARK_PUBLIC_URL); absent: as they were asked for. */
  readonly publicUrl?: string | null;
  readonly version: string;
  /** The product runs on a drill's clock (TIDEMARK_CLOCK). */
  readonly drill: boolean;
  /** Messages also arrive by Pub/Sub. */
  readonly pubsub: boolean;
}

/** Hono's environment of every route behind `/api/v1`. */
export interface ApiEnv {
  Variables: {
    ctx: Context;
    requestId: string;
  };
}
