import type { Database } from "#server/db/database.ts";
import { listen, type NotificationListener } from "#server/db/notifications.ts";

/** Kinds of change that screens show. */
export type ChangedNoun = "verdicts" | "alerts";

/** Notifies open screens of commits. One per process, with one connection per noun however many screens are open. */
export interface ChangeFeed {
  /** Called after commits, and once after any gap. Returns the unsubscribe function. */
  subscribe(onChange: (noun: ChangedNoun) => void): () => void;
  /** Stops all notifications. */
  close(): Promise<void>;
  /** Aborted by close(). */
  readonly closed: AbortSignal;
}

const channels: Record<ChangedNoun, string> = { verdicts: "tidemark_verdict", alerts: "tidemark_alert" };

/** Connects with the first subscription. */
export function openChangeFeed(database: Pick<Database, "directUrl">): ChangeFeed {
  const subscribers = new Set<(noun: ChangedNoun) => void>();
  const closing = new AbortController();
  let listeners: NotificationListener[] | undefined;

  const connect = () =>
    (Object.entries(channels) as [ChangedNoun, string][]).map(([noun, channel]) => {
      const announce = () => {
        for (const onChange of subscribers) onChange(noun);
      };
      return listen({ url: database.directUrl, channel, onNotification: announce, onConnected: announce });
    });

  return {
    closed: closing.signal,
    subscribe(onChange) {
      if (!closing.signal.aborted) listeners ??= connect();
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
