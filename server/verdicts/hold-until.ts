import type { HourKey } from "./load-facts.ts";
import { verdictKey } from "./load-verdicts.ts";
import type { VerdictListener } from "./verdict-listener.ts";

export interface Hold<Reading> {
  listener: VerdictListener;
  /** By performance.now(). */
  endMs: number;
  /** Aborts when nobody waits for the answer any more. */
  signal?: AbortSignal | undefined;
  read(): Promise<Reading>;
  /** The hour without which the reading stays as it is; null: there is nothing to wait for. */
  waitsFor(reading: Reading): HourKey | null;
}

/** Holds a question until it has an answer, at most until its end, woken by the commit of each verdict that it waits for. */
export async function holdUntil<Reading>({ listener, endMs, signal, read, waitsFor }: Hold<Reading>): Promise<Reading> {
  const isOver = () => performance.now() >= endMs || signal?.aborted === true || listener.closed;
  let reading = await read();
  for (let key = waitsFor(reading); key && !isOver(); key = waitsFor(reading)) {
    const watched = verdictKey(key);
    const watch = listener.watch(key);
    try {
      // What was committed since the look before woke nobody.
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
