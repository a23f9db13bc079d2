import type { Database } from "#server/db/database.ts";
import { listen, type NotificationListener } from "#server/db/notifications.ts";
import { type HourReader, openHourReader } from "./hour-reader.ts";
import type { HourKey } from "./load-facts.ts";
import { loadVerdictStamps, verdictKey } from "./load-verdicts.ts";

/** Notifies requests that wait for an hour when its verdict is written. One per process, with one connection for all. */
export interface VerdictListener {
  /** Shared by all waiters. */
  readonly hours: HourReader;
  watch(key: HourKey): HourWatch;
  /** Watches held now. */
  readonly watches: number;
  /** Nothing is woken any more: do not wait. */
  readonly closed: boolean;
  /** Ends every wait. */
  close(): Promise<void>;
}

export interface HourWatch {
  /**
   * Resolves once the hour may have changed since the last call or, the first time, since watch(); also after
   * `timeoutMs` (real), when the signal aborts and when the listener closes.
   */
  changed(timeoutMs: number, signal?: AbortSignal): Promise<void>;
  release(): void;
}

interface WaitedHour {
  key: HourKey;
  watches: number;
  /** Counts possible changes of the hour. */
  changes: number;
  wake: Set<() => void>;
  /** The verdict row's state when last read; undefined before that. */
  stamp: string | undefined;
}

export interface VerdictListenerOptions {
  /** How often all watched hours are polled in one statement, in case a notification was missed. */
  lookAgainMs?: number | undefined;
}

/** Connects with the first watch; once connected, looks up what was notified before. */
export function openVerdictListener(
  database: Database,
  { lookAgainMs = 5_000 }: VerdictListenerOptions = {},
): VerdictListener {
  const waited = new Map<string, WaitedHour>();
  let connection: NotificationListener | undefined;
  let timer: NodeJS.Timeout | undefined;
  let closed = false;

  const wakeAll = () => waited.forEach(wake);
  const wakeNamed = (payload: string) => {
    const keys = parsePayload(payload);
    if (!keys) return wakeAll();
    for (const key of keys) {
      const hour = waited.get(verdictKey(key));
      if (hour) wake(hour);
    }
  };
  const lookAgain = async () => {
    // While the database is unavailable no one is woken; reconnecting wakes all.
    const stamps = await loadVerdictStamps(
      database.sql,
      [...waited.values()].map(({ key }) => key),
    ).catch(() => null);
    for (const [id, hour] of waited) {
      const stamp = stamps?.get(id) ?? "";
      // First poll: a notification since its first reader looked may have been missed.
      if (stamps && hour.stamp !== stamp) wake(hour);
      if (stamps) hour.stamp = stamp;
    }
    scheduleLook();
  };
  const scheduleLook = () => {
    timer = closed || waited.size === 0 ? undefined : setTimeout(() => void lookAgain(), lookAgainMs);
  };

  return {
    hours: openHourReader(database),
    watch(key) {
      connection ??= listen({
        url: database.directUrl,
        channel: "tidemark_verdict",
        onNotification: wakeNamed,
        onConnected: wakeAll,
      });
      const id = verdictKey(key);
      const hour = waited.get(id) ?? {
        key,
        watches: 0,
        changes: 0,
        wake: new Set(),
        stamp: undefined,
      };
      waited.set(id, hour);
      hour.watches += 1;
      if (!timer) scheduleLook();
      return openWatch(
        hour,
        () => closed,
        () => {
          hour.watches -= 1;
          if (hour.watches === 0) waited.delete(id);
        },
      );
    },
    get watches() {
      return [...waited.values()].reduce((sum, hour) => sum + hour.watches, 0);
    },
    get closed() {
      return closed;
    },
    async close() {
      closed = true;
      clearTimeout(timer);
      wakeAll();
      await connection?.close();
    },
  };
}

function openWatch(hour: WaitedHour, isClosed: () => boolean, forget: () => void): HourWatch {
  let seen = hour.changes;
  let released = false;
  return {
    async changed(timeoutMs, signal) {
      // Do not miss a change between the last read and this call.
      if (hour.changes === seen && !isClosed() && !signal?.aborted) await untilWoken(hour, timeoutMs, signal);
      seen = hour.changes;
    },
    release() {
      if (released) return;
      released = true;
      forget();
    },
  };
}

function untilWoken(hour: WaitedHour, timeoutMs: number, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const end = () => {
      clearTimeout(timer);
      signal?.removeEventListener("abort", end);
      hour.wake.delete(end);
      resolve();
    };
    const timer = setTimeout(end, timeoutMs);
    signal?.addEventListener("abort", end, { once: true });
    hour.wake.add(end);
  });
}

function wake(hour: WaitedHour): void {
  hour.changes += 1;
  for (const end of [...hour.wake]) end();
}

/** The judge's payload: [eventTypeId, hour in ms] pairs, or "*" when they were too many to name; null for all. */
function parsePayload(payload: string): HourKey[] | null {
  if (payload === "*") return null;
  try {
    return (JSON.parse(payload) as [number, number][]).map(([eventTypeId, ms]) => ({
      eventTypeId,
      hour: new Date(ms),
    }));
  } catch {
    // Not from the judge: check all hours rather than keep one waiting.
    return null;
  }
}
