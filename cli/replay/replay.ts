import { setTimeout as sleep } from "node:timers/promises";
import type { Pace } from "./pace.ts";
import { type ReplayedEvent, readEvents } from "./read-events.ts";
import type { EventSender, LineFault } from "./send-http.ts";
import { shiftEvent, shiftHoursToNow } from "./shift-event.ts";

export interface ReplayOptions {
  file: string;
  sender: EventSender;
  pace: Pace;
  /** The product's now, to shift the events to; null: they keep their times. */
  shiftTo: Date | null;
  onFaults(faults: readonly LineFault[]): void;
  onProgress(sent: number): void;
}

const maxBatch = 500;
/** The product reads up to 16 MiB per request, and a character takes up to three bytes. */
const maxBatchCharacters = 4 * 1024 * 1024;
/** The longest that an event waits in a batch for others. */
const lingerMs = 20;

/**
 * Sends the file's events in order, each no earlier than its pace allows. Returns how many were accepted and refused.
 */
export async function replay(options: ReplayOptions): Promise<{ taken: number; refused: number }> {
  const { file, sender, pace } = options;
  const shiftHours = options.shiftTo ? shiftHoursToNow(await lastTimeMs(file), options.shiftTo) : 0;
  const shiftMs = shiftHours * 3_600_000;
  let batch: ReplayedEvent[] = [];
  let batchedCharacters = 0;
  let batchedAtMs = 0;
  let sent = 0;
  let refused = 0;
  const flush = async () => {
    if (batch.length === 0) return;
    const faults = await sender.send(batch);
    refused += new Set(faults.map((fault) => fault.line)).size;
    if (faults.length > 0) options.onFaults(faults);
    sent += batch.length;
    options.onProgress(sent);
    batch = [];
    batchedCharacters = 0;
  };
  for await (const read of readEvents(file)) {
    const waitMs = () => pace(read.timeMs === null ? null : read.timeMs + shiftMs, sent + batch.length);
    if (waitMs() > lingerMs || (waitMs() > 0 && performance.now() - batchedAtMs > lingerMs)) await flush();
    // The product's clock is read again meanwhile, so a long wait is split.
    for (let ms = waitMs(); ms > 0; ms = waitMs()) await sleep(Math.min(ms, 250));
    if (batchedCharacters + read.characters > maxBatchCharacters) await flush();
    if (batch.length === 0) batchedAtMs = performance.now();
    batchedCharacters += read.characters;
    batch.push(shiftHours === 0 ? read : { ...read, event: shiftEvent(read.event, shiftHours) });
    if (batch.length >= maxBatch) await flush();
  }
  await flush();
  await sender.close();
  return { taken: sent - refused, refused };
}

async function lastTimeMs(file: string): Promise<number> {
  let last = Number.NEGATIVE_INFINITY;
  for await (const { timeMs } of readEvents(file)) last = Math.max(last, timeMs ?? last);
  if (!Number.isFinite(last)) throw new Error(`No event in ${file} has a time to shift.`);
  return last;
}
