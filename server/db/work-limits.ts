/** How long one piece of work may occupy the database; in milliseconds, 0: unlimited. */
export interface WorkLimits {
  /** One statement, including lock waits. */
  readonly statementMs: number;
  /** Waiting for one lock: row, table or advisory. */
  readonly lockMs: number;
  /** A transaction without statements: a frozen process must not keep its locks. */
  readonly idleInTransactionMs: number;
}

/**
 * By kind of work. Limits are short if a caller is waiting, so that a connection whose other end vanished
 * is given up within half a minute; background work may take longer.
 */
export const workLimits = {
  /** Pages, the API, HTTP ingest. */
  web: { statementMs: 20_000, lockMs: 10_000, idleInTransactionMs: 15_000 },
  ingest: { statementMs: 20_000, lockMs: 15_000, idleInTransactionMs: 15_000 },
  collect: { statementMs: 20_000, lockMs: 15_000, idleInTransactionMs: 15_000 },
  judge: { statementMs: 20_000, lockMs: 10_000, idleInTransactionMs: 15_000 },
  alert: { statementMs: 20_000, lockMs: 10_000, idleInTransactionMs: 15_000 },
  forecast: { statementMs: 25_000, lockMs: 10_000, idleInTransactionMs: 30_000 },
  notify: { statementMs: 20_000, lockMs: 10_000, idleInTransactionMs: 15_000 },
  /** Connections that LISTEN or hold a lock for their process. */
  listen: { statementMs: 10_000, lockMs: 10_000, idleInTransactionMs: 10_000 },
  maintain: { statementMs: 60_000, lockMs: 10_000, idleInTransactionMs: 30_000 },
  /** Large catalogue changes, retention, tests, benches, operators' commands. */
  long: { statementMs: 300_000, lockMs: 30_000, idleInTransactionMs: 60_000 },
  /** Rewriting a table takes time proportional to its size. A lock not granted soon is retried later. */
  migrate: { statementMs: 0, lockMs: 60_000, idleInTransactionMs: 0 },
} as const satisfies Record<string, WorkLimits>;

export type Work = keyof typeof workLimits;

/** The database times out first and says why; if it does not answer within this time, the connection is lost. */
const answerGraceMs = 3_000;

/** How long the process itself waits for an answer; undefined: without limit. */
export function answerTimeoutMs(work: Work): number | undefined {
  const { statementMs } = workLimits[work];
  return statementMs === 0 ? undefined : statementMs + answerGraceMs;
}

/** These need sessions, or hold connections so long that they would keep a pooler's from others. */
const directWork: readonly Work[] = ["listen", "maintain", "long", "migrate"];

/** Whether its statements may go through a pooler in transaction mode. */
export function mayBePooled(work: Work): boolean {
  return !directWork.includes(work);
}

/** The settings of a transaction for another kind of work than its connection's. */
export function limitTransaction(work: Work): string {
  const { statementMs, lockMs, idleInTransactionMs } = workLimits[work];
  return `SET LOCAL statement_timeout = ${statementMs}; SET LOCAL lock_timeout = ${lockMs};
    SET LOCAL idle_in_transaction_session_timeout = ${idleInTransactionMs}`;
}
