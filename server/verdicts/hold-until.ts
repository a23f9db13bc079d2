import type { HourKey } from "./load-facts.ts";
import { verdictKey } from "./load-verdicts.ts";
import type { VerdictListener } from "./verdict-listener.ts";

export interface Hold<Reading> {
  listener: VerdictListener;
  /** On the performance.now() clock. */
  endMs: number;
  /** Aborts when the caller stops waiting. */
  signal?: AbortSignal | undefined;
  read(): Promise<Reading>;
  /** The hour that must change before the reading can; null: there is nothing to wait for. */
  waitsFor(reading: Reading): HourKey | null;
}

/** Holds a request until it has an answer or its time is up, woken by the commit of each verdict it waits for. */
export async function holdUntil<Reading>({ listener, endMs, signal, read, waitsFor }: Hold<Reading>): Promise<Reading> {
  const isOver = () => performance.now() >= endMs || signal?.aborted === true || listener.closed;
  let reading = await read();
  for (let key = waitsFor(reading); key && !isOver(); key = waitsFor(reading)) {
    const watched = verdictKey(key);
    const watch = listener.watch(key);
    try {
      // A commit since the first read woke no one: read again.
      reading = await read();
      for (let next = waitsFor(reading); next && !isOver() && verdictKey(next) === watched; next = waitsFor(reading)) {
        await watch.changed(Math.max(1, endMs - performance.now()), signal);
        reading = await read();
      }
    } finally {
      watch.release();
    }
  }
  return reading;
}
