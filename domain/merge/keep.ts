import type { MergedClosing, MergedCount, MergedFinal, MergedMarker, MergedWatermark } from "./batch.ts";
import { compareRows } from "./compare.ts";

// What to keep of two rows with one key. Each function is commutative, associative and idempotent, which makes the
// merge independent of order and repetition. Rows are never mutated once another batch may hold them.

/** A higher epoch replaces everything; within one, each figure only grows, and any number beats "not reported". */
export function keepCount(a: MergedCount, b: MergedCount): MergedCount {
  if (a.epoch !== b.epoch) return a.epoch > b.epoch ? a : b;
  if (covers(a, b)) return a;
  if (covers(b, a)) return b;
  return {
    ...a,
    events: Math.max(a.events, b.events),
    bytes: largest(a.bytes, b.bytes),
    malformed: largest(a.malformed, b.malformed),
  };
}

function covers(a: MergedCount, b: MergedCount): boolean {
  return a.events >= b.events && (a.bytes ?? -1) >= (b.bytes ?? -1) && (a.malformed ?? -1) >= (b.malformed ?? -1);
}

function largest(a: number | null, b: number | null): number | null {
  return (a ?? -1) >= (b ?? -1) ? a : b;
}

export function keepFinal(a: MergedFinal, b: MergedFinal): MergedFinal {
  return a.finalAt >= b.finalAt ? a : b;
}

/** The largest watermark; of equal ones the time that first reported it. */
export function keepWatermark(a: MergedWatermark, b: MergedWatermark): MergedWatermark {
  const ahead = b.watermark.getTime() - a.watermark.getTime();
  return ahead > 0 || (ahead === 0 && b.observedAt < a.observedAt) ? b : a;
}

/** The earliest time; of the watermarks as above. */
export function keepClosing(a: MergedClosing, b: MergedClosing): MergedClosing {
  const { watermark, observedAt } = keepWatermark(a, b);
  return { ...a, closedAt: keepEarliest(a.closedAt, b.closedAt), watermark, observedAt };
}

/** The smallest time; at the same time the smallest location, and any location before none. */
export function keepMarker(a: MergedMarker, b: MergedMarker): MergedMarker {
  const later = b.closedAt.getTime() - a.closedAt.getTime();
  if (later !== 0) return later > 0 ? a : b;
  if (a.location === null || b.location === null) return a.location === null ? b : a;
  return compareRows([a.location], [b.location]) <= 0 ? a : b;
}

export function keepLatest(a: Date, b: Date): Date {
  return a >= b ? a : b;
}

function keepEarliest(a: Date, b: Date): Date {
  return a <= b ? a : b;
}
