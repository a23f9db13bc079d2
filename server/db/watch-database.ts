import { setTimeout as sleep } from "node:timers/promises";
import { Session } from "./session.ts";

export interface DatabaseWatch {
  /** False from when a look failed until one succeeds. */
  answers(): boolean;
  close(): Promise<void>;
}

const everyMs = 2_000;
const limitMs = 5_000;

/**
 * Looks every two seconds whether the database answers, on a connection of its own, so that a process can say at once that it does
 * not. A statement would only find out after its own limit.
 */
export function watchDatabase(connectionString: string): DatabaseWatch {
  const stopping = new AbortController();
  const { signal } = stopping;
  const held: { session: Session | null } = { session: null };
  let answers = true;
  const look = async () => {
    if (held.session === null) {
      held.session = new Session({
        connectionString,
        application_name: "tidemark watch",
        work: "listen",
        connectionTimeoutMillis: limitMs,
      });
      await held.session.connect();
    }
    await held.session.query({ text: "SELECT", query_timeout: limitMs } as never);
  };
  const watching = (async () => {
    while (!signal.aborted) {
      try {
        await look();
        answers = true;
      } catch {
        answers = false;
        // A frozen server does not close its end.
        void held.session?.end().catch(() => undefined);
        held.session = null;
      }
      await sleep(everyMs, undefined, { signal }).catch(() => undefined);
    }
  })();
  return {
    answers: () => answers,
    async close() {
      stopping.abort();
      await held.session?.end().catch(() => undefined);
      await watching;
    },
  };
}
