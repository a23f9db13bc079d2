import type { IdentityProvider } from "#domain/access/identity-provider.ts";
import type { SettingJson } from "#domain/api/settings.ts";
import type { Clock } from "#domain/clock.ts";
import type { CheckDestination } from "#domain/egress.ts";
import type { Access, Context, GroupMeaning } from "#server/access/index.ts";
import type { Database } from "#server/db/database.ts";
import type { PastReads } from "#server/db/replica.ts";
import type { BatchWriter } from "#server/facts/index.ts";
import type { ChangeFeed, VerdictListener } from "#server/verdicts/index.ts";
import type { ByteBudget } from "./byte-budget.ts";
import type { TokenGuesses } from "./token-guesses.ts";
import type { VisitorsReads } from "./visitors-reads.ts";

/** The log's interface; pino's loggers implement it. */
export interface ApiLog {
  error(fields: object, message: string): void;
  warn(fields: object, message: string): void;
}

/** Where people sign in, and what their groups there mean here. */
export interface Provider {
  readonly identity: IdentityProvider;
  readonly meaning: GroupMeaning;
}

/** The API's dependencies. Built once per process by runtime.ts, and by tests on their own database. */
export interface ApiDeps {
  readonly database: Database;
  readonly clock: Clock;
  /** Reads that may be some seconds old; absent: the database answers them. */
  readonly past?: PastReads;
  /** For visitors of an open dashboard; absent: they share the connections of all. */
  readonly visitors?: VisitorsReads;
  readonly log: ApiLog;
  readonly access: Access;
  /** Checks bearer tokens by `access`, and limits wrong ones by address. */
  readonly tokenGuesses: TokenGuesses;
  /** Absent or null: people sign in with links and tokens only. */
  readonly provider?: Provider | null;
  /** Wakes requests held by the gate. */
  readonly verdicts: VerdictListener;
  /** Notifies open screens of commits. */
  readonly changes: ChangeFeed;
  /** Commits events received over HTTP. */
  readonly writer: BatchWriter;
  /** Limits bytes of HTTP events in progress. */
  readonly ingestBytes: ByteBudget;
  /** Requests a minute of a token, or of an address without one (TIDEMARK_RATE_LIMIT); absent or null: no limit. */
  readonly requestsPerMinute?: number | null;
  /** An excuse needs a second person's approval (TIDEMARK_EXCUSES_NEED_APPROVAL). */
  readonly excusesNeedApproval?: boolean;
  /** Whether Tidemark may send there (TIDEMARK_EGRESS). */
  readonly checkDestination: CheckDestination;
  /** The value of an environment variable named by a channel; null if unset. */
  readSecret(name: string): string | null;
  /** Where users reach the pages (TIDEMARK_PUBLIC_URL); absent: the requested host. */
  readonly publicUrl?: string | null;
  /** OPENLINEAGE_NAMESPACE; absent: its default. */
  readonly lineageNamespace?: string;
  /** How many event types `/metrics` shows; absent or null: it is about Tidemark itself only. */
  readonly metricsEventTypes?: number | null;
  /** The project to whose Cloud Monitoring metrics are written (TIDEMARK_MONITORING_EXPORT_PROJECT); absent or null: none. */
  readonly metricExportProject?: string | null;
  /** Whether the last look at the database succeeded; absent: no one looks. */
  databaseAnswers?(): boolean;
  /** This process's settings, without the values of secrets. */
  listSettings(): SettingJson[];
  readonly version: string;
  /** The product runs on a drill's clock (TIDEMARK_CLOCK). */
  readonly drill: boolean;
  /** Messages also arrive over Pub/Sub. */
  readonly pubsub: boolean;
}

/** Hono's environment of every route behind `/api/v1`. */
export interface ApiEnv {
  Variables: {
    ctx: Context;
    /** The name that requests are counted under; absent without a token. */
    caller?: string;
    /** The most that the route reads of a body, once unpacked too. */
    maxBodyBytes: number;
    requestId: string;
  };
}
