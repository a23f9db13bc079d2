import type { Clock } from "#domain/clock.ts";
import { type EgressRules, everywhere } from "#domain/egress.ts";
import type { NameLimits } from "#domain/name-limits.ts";
import { type Access, type DashboardAccess, openAccess } from "#server/access/authenticate.ts";
import { createCheckDestination } from "#server/adapters/egress.ts";
import { listSettings } from "#server/config.ts";
import type { Database } from "#server/db/database.ts";
import { BatchWriter } from "#server/facts/batch-writer.ts";
import type { Provider } from "#server/http/api-deps.ts";
import { createApi } from "#server/http/app.ts";
import { ByteBudget } from "#server/http/byte-budget.ts";
import { TokenGuesses } from "#server/http/token-guesses.ts";
import type { VisitorsReads } from "#server/http/visitors-reads.ts";
import { openChangeFeed } from "#server/verdicts/change-feed.ts";
import { openVerdictListener } from "#server/verdicts/verdict-listener.ts";

export const testAdminToken = "test-admin-token-of-32-characters-or-more";

export interface TestApi {
  /**
   * As the administrator, unless `token` is another one, or null for none. A body that is not a string is sent as JSON.
   */
  call(method: string, path: string, options?: CallOptions): Promise<Response>;
  /** For a socket of its own: see serve-api.ts. */
  readonly fetch: (request: Request) => Response | Promise<Response>;
  /** Ends held requests; only needed if there were any. */
  close(): Promise<void>;
  /** The fields of every logged error. */
  readonly errors: object[];
  /** Questions at the gate that wait for an hour now. */
  readonly held: number;
  /** Who asks; for cookies of visitors and sessions. */
  readonly access: Access;
}

export interface CallOptions {
  token?: string | null;
  body?: unknown;
  headers?: Record<string, string>;
}

export interface TestApiOptions {
  now: () => Date;
  dashboard?: DashboardAccess;
  /** The environment variables available to channels. */
  secrets?: Readonly<Record<string, string>>;
  newNamesPerHour?: NameLimits;
  /** For events in progress. */
  maxIngestBytes?: number;
  /** How often held requests poll by themselves. */
  lookAgainMs?: number | undefined;
  /** TIDEMARK_EXCUSES_NEED_APPROVAL. */
  excusesNeedApproval?: boolean;
  /** TIDEMARK_EGRESS; default: everywhere. */
  egress?: EgressRules;
  /** TIDEMARK_RATE_LIMIT. */
  requestsPerMinute?: number;
  /** TIDEMARK_PUBLIC_URL. */
  publicUrl?: string;
  /** Where people sign in. */
  provider?: Provider;
  /** Absent: visitors share the database's connections. */
  visitors?: VisitorsReads;
}

/** The API on a test's own database and clock, called without a socket. */
export function openTestApi(
  database: Database,
  {
    now,
    dashboard = "open",
    secrets = {},
    newNamesPerHour,
    maxIngestBytes = 256 * 1024 * 1024,
    lookAgainMs,
    excusesNeedApproval = false,
    egress = everywhere,
    requestsPerMinute,
    publicUrl,
    provider,
    visitors,
  }: TestApiOptions,
): TestApi {
  const errors: object[] = [];
  const clock: Clock = { now, speed: 1, toRealMs: (productMs) => productMs };
  const access = openAccess({ database, clock, adminToken: testAdminToken, dashboard });
  const log = { error: (fields: object) => void errors.push(fields), warn: () => undefined };
  const writer = new BatchWriter({
    database,
    clock,
    instance: "test web",
    ...(newNamesPerHour ? { newNamesPerHour } : {}),
  });
  const ingestBytes = new ByteBudget(maxIngestBytes);
  const verdicts = openVerdictListener(database, { lookAgainMs });
  const changes = openChangeFeed(database);
  const readSecret = (name: string) => secrets[name] ?? null;
  const settings = {
    tokenGuesses: new TokenGuesses(access),
    listSettings: () => listSettings({ TIDEMARK_RETENTION_FACTS: "400d", TIDEMARK_ADMIN_TOKEN: testAdminToken }),
    version: "0.0.0-test",
    drill: false,
    pubsub: false,
    readSecret,
    checkDestination: createCheckDestination(egress),
    excusesNeedApproval,
    requestsPerMinute: requestsPerMinute ?? null,
    ...(publicUrl === undefined ? {} : { publicUrl }),
    ...(provider === undefined ? {} : { provider }),
    ...(visitors === undefined ? {} : { visitors }),
  };
  const api = createApi({ database, clock, log, access, writer, ingestBytes, verdicts, changes, ...settings });
  return {
    access,
    errors,
    get held() {
      return verdicts.watches;
    },
    fetch: (request) => api.fetch(request),
    close: async () => void (await Promise.all([verdicts.close(), changes.close()])),
    async call(method, path, { token = testAdminToken, body, headers = {} } = {}) {
      const asJson = body !== undefined && typeof body !== "string" && !(body instanceof Uint8Array);
      return api.request(path, {
        method,
        headers: {
          ...(token === null ? {} : { authorization: `Bearer ${token}` }),
          ...(asJson ? { "content-type": "application/json" } : {}),
          ...headers,
        },
        ...(body === undefined
          ? {}
          : { body: asJson ? JSON.stringify(body) : (body as string | Uint8Array<ArrayBuffer>) }),
      });
    },
  };
}
