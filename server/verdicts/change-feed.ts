import type { Database } from "#server/db/database.ts";
import { listen, type NotificationListener } from "#server/db/notifications.ts";

/** What screens show that may have changed. */
export type ChangedNoun = "verdicts" | "alerts";

/** Tells open screens that something was committed. One a process, with one connection a noun however many look on. */
export interface ChangeFeed {
  /** Called after commits, and once whenever something may have been missed. Returns how to stop. */
  subscribe(onChange: (noun: ChangedNoun) => void): () => void;
  /** Nobody is told any more. */
  close(): Promise<void>;
  /** Aborted by close(). */
  readonly closed: AbortSignal;
}

const channels: Record<ChangedNoun, string> = { verdicts: "tidemark_verdict", alerts: "tidemark_alert" };

/** Connects with the first subscription. */
export function openChangeFeed(database: Pick<Database, "url">): ChangeFeed {
  const subscribers = new Set<(noun: ChangedNoun) => void>();
  const closing = new AbortController();
  let listeners: NotificationListener[] | undefined;

  const connect = () =>
    (Object.entries(channels) as [ChangedNoun, string][]).map(([noun, channel]) => {
      const tell = () => {
        for (const onChange of subscribers) onChange(noun);
      };
      return listen({ url: database.url, channel, onNotification: tell, onConnected: tell });
    });

  return {
    closed: closing.signal,
    subscribe(onChange) {
      listeners ??= connect();
      subscribers.add(onChange);
      return () => subscribers.delete(onChange);
    },
    async close() {
      closing.abort();
      subscribers.clear();
      await Promise.all((listeners ?? []).map((listener) => listener.close()));
    },
  };
}
