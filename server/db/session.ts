import pg from "pg";
import { postgresHosts } from "#domain/postgres-hosts.ts";
import { readDatabaseTls } from "#server/settings/database-tls.ts";
import { needsSession } from "./needs-session.ts";
import { findPrimary, forgetPrimary, requireWritable } from "./primary-host.ts";
import { answerTimeoutMs, type Work, workLimits } from "./work-limits.ts";

export interface SessionOptions extends pg.ClientConfig {
  work: Work;
  /** Periodically checks that the server responds: for connections that mostly listen, or hold a lock. */
  heartbeat?: boolean;
  /** Through a pooler in transaction mode: each transaction may run in another of its sessions. */
  pooled?: boolean;
}

const connectMs = 10_000;
/** From then on Linux probes a silent peer each second, ten times: a lost host is noticed within 20 s. */
const keepAliveAfterMs = 10_000;
const heartbeatMs = 10_000;
const heartbeatAnswerMs = 5_000;
/** A connection that was idle this long may be dead. */
const quietMs = 2_000;
/** A session that is silent this long has lost its process; its locks are released. */
const idleSessionMs = 60_000;
/** pg's message for an answer that timed out; it leaves the connection in the middle of it. */
const readTimedOut = "Query read timeout";

type Asking = (...parts: unknown[]) => unknown;

/**
 * Base of all of Tidemark's connections: in UTC whatever the database's time zone, with the limits of its kind of work,
 * and closed when an answer times out. The settings are made by a statement, because poolers refuse unknown startup
 * parameters; until it has run the connection is not handed out.
 */
export class Session extends pg.Client {
  readonly #work: Work;
  readonly #heartbeat: boolean;
  readonly #pooled: boolean;
  /** Of a URL with several hosts; null: it has one. */
  readonly #severalHosts: string | null;
  #beat: NodeJS.Timeout | undefined;
  #underWay = 0;
  #heardMs = 0;

  constructor({ work, heartbeat = false, pooled = false, ...config }: SessionOptions) {
    const { connectionString } = config;
    const hosts = connectionString === undefined ? null : postgresHosts(connectionString);
    const several = hosts !== null && hosts.length > 1;
    const address = several ? hosts[0] : connectionString;
    super({
      connectionTimeoutMillis: connectMs,
      keepAlive: true,
      keepAliveInitialDelayMillis: keepAliveAfterMs,
      query_timeout: answerTimeoutMs(work),
      ...config,
      ...(address === undefined ? {} : readDatabaseTls(address)),
    });
    this.#severalHosts = several ? (connectionString ?? null) : null;
    this.#work = work;
    this.#heartbeat = heartbeat;
    this.#pooled = pooled;
    // The next statement reports it; a connection that breaks while unused is no reason to end the process.
    this.on("error", () => undefined);
    this.once("end", () => clearInterval(this.#beat));
    this.connection.on("readyForQuery", () => {
      this.#heardMs = performance.now();
    });
    this.query = this.#watch(this.query.bind(this) as Asking) as pg.Client["query"];
  }

  override connect(): Promise<pg.Client>;
  override connect(callback: ((error: Error) => void) | ((error: null, client: pg.Client) => void)): void;
  override connect(
    callback?: ((error: Error) => void) | ((error: null, client: pg.Client) => void),
  ): Promise<pg.Client> | undefined {
    const connected = this.#connect();
    if (!callback) return connected;
    connected.then(
      (client) => (callback as (error: null, client: pg.Client) => void)(null, client),
      (error: Error) => (callback as (error: Error) => void)(error),
    );
    return undefined;
  }

  async #connect(): Promise<pg.Client> {
    const several = this.#severalHosts;
    if (several !== null) {
      this.#goTo(await findPrimary(several));
    }
    try {
      await super.connect();
      const settings = this.#pooled ? pooledSettings : settingsOf(this.#work);
      await this.query({ text: settings, query_timeout: connectMs } as pg.QueryConfig);
      if (several !== null) await requireWritable(this);
    } catch (error) {
      if (several !== null) forgetPrimary(several);
      await this.end().catch(() => undefined);
      throw error;
    }
    if (this.#heartbeat) this.#beat = setInterval(() => void this.#ask(), heartbeatMs).unref();
    return this;
  }

  /** Another host than the one that it was made for. */
  #goTo(url: string): void {
    const { hostname, port } = new URL(url);
    this.host = hostname.replace(/^\[|\]$/g, "");
    this.port = Number(port) || this.port;
    // Whose certificate is expected depends on the host.
    const { ssl } = readDatabaseTls(url);
    if (ssl !== undefined) Object.assign(this.connection, { ssl });
  }

  async #ask(): Promise<void> {
    // The running statement's caller waits for its answer.
    if (this.#underWay > 0) return;
    await this.query({ text: "SELECT", query_timeout: heartbeatAnswerMs } as pg.QueryConfig).catch(() => undefined);
  }

  /** A connection in the middle of an answer cannot carry another: it is ended, and the pool drops it. */
  #watch(query: Asking): Asking {
    return (...parts) => {
      if (this.#pooled) refuseSessionWide(parts[0]);
      // A dead server is detected in seconds, not when the statement's own timeout expires.
      if (this.#heardMs > 0 && performance.now() - this.#heardMs > quietMs && this.#underWay === 0) {
        query({ text: "SELECT", query_timeout: heartbeatAnswerMs }, (error: Error | null) => {
          if (error?.message === readTimedOut) void this.end().catch(() => undefined);
        });
      }
      const answer = query(...parts);
      // With a callback, as from the pool, pg returns no promise; the pool drops a connection after any failure.
      if (!(answer instanceof Promise)) return answer;
      this.#underWay += 1;
      answer
        .catch((error: Error) => (error.message === readTimedOut ? this.end() : undefined))
        .catch(() => undefined)
        .finally(() => {
          this.#underWay -= 1;
        });
      return answer;
    };
  }
}

/** The one setting that PgBouncer keeps for each of its clients; the database's or role's defaults are the rest. */
const pooledSettings = "SET TimeZone = 'UTC'";

/** A mistake of ours, found by the first test that runs the statement. */
function refuseSessionWide(question: unknown): void {
  const { text, name } = typeof question === "string" ? { text: question } : (question as pg.QueryConfig);
  if (text === pooledSettings) return;
  const what = name === undefined ? needsSession(text) : "a prepared statement";
  if (what === null) return;
  throw new Error(`${what} needs a session, and DATABASE_URL is a pooler in transaction mode: ${text}`);
}

function settingsOf(work: Work): string {
  const { statementMs, lockMs, idleInTransactionMs } = workLimits[work];
  const settings = {
    TimeZone: "'UTC'",
    statement_timeout: statementMs,
    lock_timeout: lockMs,
    idle_in_transaction_session_timeout: idleInTransactionMs,
    idle_session_timeout: idleSessionMs,
    // Every statement here is short: JIT compilation costs more than running it.
    jit: "off",
  };
  return Object.entries(settings)
    .map(([name, value]) => `SET ${name} = ${value}`)
    .join("; ");
}
