/** How long one piece of work may hold the database up; in milliseconds, 0: as long as it takes. */
export interface WorkLimits {
  /** One statement, waiting for locks included. */
  readonly statementMs: number;
  /** Waiting for one lock: rows, tables, advisory locks. */
  readonly lockMs: number;
  /** A transaction whose process says nothing: a process that froze must not keep what it locked. */
  readonly idleInTransactionMs: number;
}

/**
 * By kind of work. What somebody or something waits for is short, so that a connection whose other end went away without
 * a word is given up within half a minute; what no one waits for may take longer.
 */
export const workLimits = {
  /** Pages, the API, HTTP ingest. */
  web: { statementMs: 20_000, lockMs: 10_000, idleInTransactionMs: 15_000 },
  ingest: { statementMs: 20_000, lockMs: 15_000, idleInTransactionMs: 15_000 },
  judge: { statementMs: 20_000, lockMs: 10_000, idleInTransactionMs: 15_000 },
  alert: { statementMs: 20_000, lockMs: 10_000, idleInTransactionMs: 15_000 },
  forecast: { statementMs: 25_000, lockMs: 10_000, idleInTransactionMs: 30_000 },
  notify: { statementMs: 20_000, lockMs: 10_000, idleInTransactionMs: 15_000 },
  /** Connections that hear of news or hold a lock for their process. */
  listen: { statementMs: 10_000, lockMs: 10_000, idleInTransactionMs: 10_000 },
  maintain: { statementMs: 60_000, lockMs: 10_000, idleInTransactionMs: 30_000 },
  /** Catalogue changes at size, retention, tests, benches, an operator's commands. */
  long: { statementMs: 300_000, lockMs: 30_000, idleInTransactionMs: 60_000 },
  /** Rewriting a table takes as long as the table is large. A lock that is not had soon is asked for again later. */
  migrate: { statementMs: 0, lockMs: 60_000, idleInTransactionMs: 0 },
} as const satisfies Record<string, WorkLimits>;

export type Work = keyof typeof workLimits;

/** The database gives up by itself first and says why; whoever waits longer than this is not heard any more. */
const answerGraceMs = 3_000;

/** How long an answer is waited for by the process itself; undefined: for as long as it takes. */
export function answerTimeoutMs(work: Work): number | undefined {
  const { statementMs } = workLimits[work];
  return statementMs === 0 ? undefined : statementMs + answerGraceMs;
}

/** The settings of a transaction whose work is of another kind than its connection's. */
export function limitTransaction(work: Work): string {
  const { statementMs, lockMs, idleInTransactionMs } = workLimits[work];
  return `SET LOCAL statement_timeout = ${statementMs}; SET LOCAL lock_timeout = ${lockMs};
    SET LOCAL idle_in_transaction_session_timeout = ${idleInTransactionMs}`;
}
