import pg from "pg";
import { answerTimeoutMs, type Work, workLimits } from "./work-limits.ts";

export interface SessionOptions extends pg.ClientConfig {
  work: Work;
  /** Asks the server now and then whether it still hears: for connections that mostly listen, or hold a lock. */
  heartbeat?: boolean;
}

const connectMs = 10_000;
/** Linux asks a silent peer from then on each second, ten times: a host that is gone is noticed within 20 s. */
const keepAliveAfterMs = 10_000;
const heartbeatMs = 10_000;
const heartbeatAnswerMs = 5_000;
/** A connection that was quiet for so long may be dead. */
const quietMs = 2_000;
/** A session that says nothing for so long has lost its process; what it locked is free again. */
const idleSessionMs = 60_000;
/** pg says so of an answer that did not come in time, and leaves the connection in the middle of it. */
const readTimedOut = "Query read timeout";

type Asking = (...parts: unknown[]) => unknown;

/**
 * A connection as all of Tidemark's are: in UTC whatever the database's own time zone is, with the limits of its kind of work,
 * and closed when an answer does not come. The settings are made by a statement, for poolers refuse unknown startup
 * parameters; until it has run the connection is not handed out.
 */
export class Session extends pg.Client {
  readonly #work: Work;
  readonly #heartbeat: boolean;
  #beat: NodeJS.Timeout | undefined;
  #underWay = 0;
  #heardMs = 0;

  constructor({ work, heartbeat = false, ...config }: SessionOptions) {
    super({
      connectionTimeoutMillis: connectMs,
      keepAlive: true,
      keepAliveInitialDelayMillis: keepAliveAfterMs,
      query_timeout: answerTimeoutMs(work),
      ...config,
    });
    this.#work = work;
    this.#heartbeat = heartbeat;
    // Whoever asks next is told; a connection that breaks while no one asks is no reason to end the process.
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
    await super.connect();
    try {
      await this.query({ text: settingsOf(this.#work), query_timeout: connectMs } as pg.QueryConfig);
    } catch (error) {
      await this.end().catch(() => undefined);
      throw error;
    }
    if (this.#heartbeat) this.#beat = setInterval(() => void this.#ask(), heartbeatMs).unref();
    return this;
  }

  async #ask(): Promise<void> {
    // An answer that is under way is waited for by whoever asked.
    if (this.#underWay > 0) return;
    await this.query({ text: "SELECT", query_timeout: heartbeatAnswerMs } as pg.QueryConfig).catch(() => undefined);
  }

  /** A connection in the middle of an answer can carry no other: it is ended, and the pool drops it. */
  #watch(query: Asking): Asking {
    return (...parts) => {
      // Whether anyone hears is found out in some seconds, not when the statement's own time is up.
      if (this.#heardMs > 0 && performance.now() - this.#heardMs > quietMs && this.#underWay === 0) {
        query({ text: "SELECT", query_timeout: heartbeatAnswerMs }, (error: Error | null) => {
          if (error?.message === readTimedOut) void this.end().catch(() => undefined);
        });
      }
      const answer = query(...parts);
      // Given a callback, as the pool does, pg promises nothing; the pool drops a connection after any failure.
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

function settingsOf(work: Work): string {
  const { statementMs, lockMs, idleInTransactionMs } = workLimits[work];
  const settings = {
    TimeZone: "'UTC'",
    statement_timeout: statementMs,
    lock_timeout: lockMs,
    idle_in_transaction_session_timeout: idleInTransactionMs,
    idle_session_timeout: idleSessionMs,
    // Every statement here is short: compiling one costs more than running it.
    jit: "off",
  };
  return Object.entries(settings)
    .map(([name, value]) => `SET ${name} = ${value}`)
    .join("; ");
}
