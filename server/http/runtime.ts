import { hostname } from "node:os";
import { join } from "node:path";
import { type Context, openAccess } from "#server/access/index.ts";
import { createCheckDestination } from "#server/adapters/egress.ts";
import { openOidc } from "#server/adapters/oidc.ts";
import { startTracing } from "#server/adapters/start-tracing.ts";
import {
  type Config,
  egressOf,
  encryptionKeysOf,
  listSettings,
  readConfig,
  readSecret,
  takesFromKafka,
} from "#server/config.ts";
import { openDatabase } from "#server/db/database.ts";
import { openPastReads } from "#server/db/replica.ts";
import { watchDatabase } from "#server/db/watch-database.ts";
import { BatchWriter } from "#server/facts/index.ts";
import { createClock } from "#server/process/clock.ts";
import { createLog } from "#server/process/log.ts";
import { spareWarnings } from "#server/process/spare-warnings.ts";
import { basePathOf, withoutBasePath } from "#server/settings/base-path.ts";
import { requireDatabaseUrl } from "#server/settings/required-settings.ts";
import { providerSettings } from "#server/settings/sign-in.ts";
import { tracingOf } from "#server/settings/tracing.ts";
import { startDutyRecorder } from "#server/turns/index.ts";
import { openChangeFeed, openVerdictListener } from "#server/verdicts/index.ts";
import packageJson from "../../package.json" with { type: "json" };
import type { ApiDeps, Provider } from "./api-deps.ts";
import { createApi } from "./app.ts";
import { ByteBudget } from "./byte-budget.ts";
import { InFlight } from "./in-flight.ts";
import { createMetrics, type Metrics } from "./metrics.ts";
import { sessionCookieName } from "./session-cookie.ts";
import { TokenGuesses } from "./token-guesses.ts";
import { databaseFor, openVisitorsReads } from "./visitors-reads.ts";

/** The web process's parts. */
export interface Runtime extends ApiDeps {
  /** Handles a request to the API. */
  fetch(request: Request): Promise<Response>;
  readonly metrics: Metrics;
  /** Folder of this version's migrations. */
  readonly migrationsFolder: string;
  /** False once the process is to end. */
  readonly isServing: boolean;
  /** From now on `/readyz` answers 503, so that load balancers choose another process. */
  stopServing(): void;
  /** Answers held requests and ends event streams; later ones are not held. */
  release(): Promise<void>;
  /** Commits pending entries and closes the database. */
  close(): Promise<void>;
}

const stopPatienceMs = 5_000;
const connections = { primary: 10, replica: 5 };

// Next bundles pages, routes and the proxy separately: per-process state must live on globalThis, not in a module.
const shared = globalThis as { [runtimeKey]?: Promise<Runtime> };
const runtimeKey = Symbol.for("tidemark.runtime");

/** Created by the first caller. Throws ConfigError for an invalid setting. */
export function runtime(): Promise<Runtime> {
  shared[runtimeKey] ??= openRuntime(readConfig());
  return shared[runtimeKey];
}

/** A page's reader: the proxy has admitted the visitor, who is shown what they may see. */
export async function contextOfPage(readCookie: (name: string) => string | undefined): Promise<Context> {
  const deps = await runtime();
  const { clock, access, publicUrl } = deps;
  const cookie = readCookie(sessionCookieName({ publicUrl }));
  const session = cookie === undefined ? null : await access.authenticateSession(cookie);
  const database = databaseFor(session?.caller ?? null, deps);
  if (session === null) return { database, clock, actor: "dashboard", scopes: new Set(["read"]) };
  const { actor, caller, scopes, teams } = session;
  return { database, clock, actor, caller, scopes, ...(teams ? { teams } : {}) };
}

/** undefined: nothing needed it yet. */
export function openedRuntime(): Promise<Runtime> | undefined {
  return shared[runtimeKey];
}

async function openRuntime(config: Config): Promise<Runtime> {
  const webLog = createLog({ name: "web", level: config.TIDEMARK_LOG_LEVEL, format: config.TIDEMARK_LOG_FORMAT });
  const tracing = startTracing(tracingOf(config, "web"), webLog);
  const log = spareWarnings(webLog);
  const clock = createClock({ setting: config.TIDEMARK_CLOCK, startedAtMs: config.TIDEMARK_CLOCK_STARTED_AT_MS });
  const opened = {
    directUrl: config.DATABASE_DIRECT_URL,
    work: "web",
    encryptionKeys: encryptionKeysOf(config),
  } as const;
  const url = requireDatabaseUrl(config);
  const database = openDatabase(url, {
    ...opened,
    applicationName: "tidemark web",
    maxConnections: connections.primary,
  });
  const visitors =
    config.TIDEMARK_DASHBOARD === "open" ? openVisitorsReads(url, config.DATABASE_REPLICA_URL, opened) : null;
  const watch = watchDatabase(database.directUrl);
  const access = openAccess({
    database,
    clock,
    adminToken: config.TIDEMARK_ADMIN_TOKEN,
    dashboard: config.TIDEMARK_DASHBOARD,
    onTouchFailed: (error) => log.warn({ err: error }, "the last use of a token or session could not be recorded"),
  });
  // Made now: once the database is read-only, it is too late, and a visitor's first page would not come.
  void access.browserKey().catch(() => undefined);
  const writer = new BatchWriter({
    database,
    clock,
    instance: `${hostname()}:${process.pid}`,
    oldestHourSeconds: config.TIDEMARK_OLDEST_HOUR,
    newNamesPerHour: config.TIDEMARK_NEW_NAMES_PER_HOUR,
  });
  const past = openPastReads(config.DATABASE_REPLICA_URL, connections.replica);
  const verdicts = openVerdictListener(database);
  const changes = openChangeFeed(database);
  const metrics = createMetrics();
  const pubsub = config.PUBSUB_PROJECT_ID !== null || takesFromKafka(config);
  const recorder = startDutyRecorder(database.sql, { clock, pubsub });
  const deps: ApiDeps = {
    database,
    clock,
    past,
    ...(visitors ? { visitors } : {}),
    log,
    access,
    tokenGuesses: new TokenGuesses(access),
    provider: openProvider(config),
    writer,
    ingestBytes: new ByteBudget(config.TIDEMARK_HTTP_INGEST_BYTES),
    verdicts,
    changes,
    requestsPerMinute: config.TIDEMARK_RATE_LIMIT || null,
    excusesNeedApproval: config.TIDEMARK_EXCUSES_NEED_APPROVAL === "yes",
    checkDestination: createCheckDestination(egressOf(config)),
    readSecret,
    publicUrl: config.TIDEMARK_PUBLIC_URL,
    lineageNamespace: config.OPENLINEAGE_NAMESPACE,
    metricsEventTypes: config.TIDEMARK_METRICS_EVENT_TYPES,
    metricExportProject: config.TIDEMARK_MONITORING_EXPORT_PROJECT,
    databaseAnswers: watch.answers,
    listSettings,
    version: packageJson.version,
    drill: config.TIDEMARK_CLOCK !== null,
    pubsub,
  };
  const api = createApi(deps, metrics);
  const inFlight = new InFlight();
  const basePath = basePathOf(config.TIDEMARK_PUBLIC_URL);
  let isServing = true;
  return {
    ...deps,
    get isServing() {
      return isServing;
    },
    stopServing() {
      isServing = false;
    },
    fetch: (request) => inFlight.track(() => api.fetch(withoutBase(request, basePath))),
    metrics,
    migrationsFolder: join(process.cwd(), "prisma/migrations"),
    async release() {
      await Promise.all([verdicts.close(), changes.close()]);
    },
    async close() {
      await inFlight.settled(stopPatienceMs);
      await writer.drain();
      await recorder.close();
      await tracing.close();
      await Promise.all([database.close(), past.close(), visitors?.close(), watch.close()]);
    },
  };
}

/** Next passes the base path on. */
function withoutBase(request: Request, basePath: string): Request {
  const url = new URL(request.url);
  const path = withoutBasePath(url.pathname, basePath);
  if (path === url.pathname) return request;
  url.pathname = path;
  return new Request(url, request);
}

function openProvider(config: Config): Provider | null {
  const settings = providerSettings(config);
  if (settings === null) return null;
  const { roles, teams } = settings;
  return { identity: openOidc(settings), meaning: { roles, teams } };
}
