import { isTrue } from "../alert/rule.ts";
import { type AlertLook, isActive, neverFired, stepAlert } from "../alert/step-alert.ts";
import type { StoredAlert } from "../alert.ts";
import type { Segment } from "./sweep.ts";
import type { Candidate } from "./thresholds.ts";

/** One firing of an alert. */
export interface Firing {
  firedAtMs: number;
  /** null: it would still be firing. */
  resolvedAtMs: number | null;
  /** As of the moment it fired. */
  segment: Segment;
  /** Indices of the hours that the alert concerned, and when; those that it concerned for long appear several times. */
  places: number[];
  placedMs: number[];
}

interface Span {
  fromMs: number;
  toMs: number;
  kind: "true" | "no-data";
  pieces: Segment[];
}

/** When an alert of one subject fires, from its rule's readings of it: the states are those of live alerts. */
export function fire(segments: readonly Segment[], candidate: Candidate, untilMs: number): Firing[] {
  const spans = spansOf(segments, candidate);
  if (spans.length === 0) return [];
  const { spec } = candidate;
  const firings: Firing[] = [];
  let alert: StoredAlert = neverFired;
  let firing: Firing | null = null;
  const step = (look: AlertLook, atMs: number, span: Span | null) => {
    const was = isActive(alert);
    alert = stepAlert(alert, look, spec, new Date(atMs)).next;
    if (!was && isActive(alert) && span) {
      const segment = span.pieces.find((piece) => piece.toMs > atMs) ?? (span.pieces[0] as Segment);
      firing = { firedAtMs: atMs, resolvedAtMs: null, segment, places: [], placedMs: [] };
      firings.push(firing);
    }
    if (was && !isActive(alert) && firing) {
      firing.resolvedAtMs = atMs;
      firing = null;
    }
  };
  for (const [index, span] of spans.entries()) {
    const nextMs = spans[index + 1]?.fromMs ?? Number.POSITIVE_INFINITY;
    if (span.kind === "true") {
      step(holds, span.fromMs, span);
      const firesAtMs = (alert.pendingSince?.getTime() ?? span.fromMs) + spec.forSeconds * 1000;
      if (alert.state === "pending" && firesAtMs < span.toMs) step(holds, firesAtMs, span);
      if (isActive(alert)) step(holds, span.toMs - 1, span);
      if (firing) addPlaces(firing, span);
    } else step(unknown, span.fromMs, null);
    // What lasts to the end of the known history is not over.
    if (nextMs === span.toMs || span.toMs >= untilMs) continue;
    step(calm, span.toMs, null);
    const quietMs = (alert.lastTrueAt?.getTime() ?? 0) + spec.keepFiringForSeconds * 1000;
    if (alert.state === "recovering" && quietMs < Math.min(nextMs, untilMs)) step(calm, quietMs, null);
  }
  return firings;
}

const holds: AlertLook = { kind: "value", value: 1, isTrue: true };
const calm: AlertLook = { kind: "value", value: 0, isTrue: false };
const unknown: AlertLook = { kind: "no-data", why: "" };

function addPlaces({ places, placedMs, firedAtMs }: Firing, { pieces }: Span): void {
  for (const { fromMs, toMs, hours } of pieces) {
    if (toMs <= firedAtMs) continue;
    for (const hour of hours) {
      places.push(hour);
      placedMs.push(Math.max(fromMs, firedAtMs));
    }
  }
}

// The ticker evaluates once a second: a shorter gap goes unseen.
const lookEveryMs = 1000;

/** Where it holds and where it is unknown, adjacent spans merged. */
function spansOf(segments: readonly Segment[], candidate: Candidate): Span[] {
  const spans: Span[] = [];
  for (const segment of segments) {
    const { toMs, from } = segment;
    const kind = from === null ? "no-data" : "true";
    const fromMs = from === null ? segment.fromMs : trueFromMs(segment, candidate);
    if (fromMs === null || fromMs >= toMs) continue;
    const last = spans.at(-1);
    if (last && fromMs - last.toMs < lookEveryMs && last.kind === kind) {
      last.toMs = toMs;
      last.pieces.push(segment);
    } else spans.push({ fromMs, toMs, kind, pieces: [{ ...segment, fromMs }] });
  }
  return spans;
}

/** From when on it holds within the segment, to its end: values that move, rise. null: it does not hold. */
function trueFromMs({ fromMs, toMs, from, to }: Segment, { spec }: Candidate): number | null {
  if (from === null || to === null) return null;
  if (isTrue(from, spec)) return fromMs;
  if (!isTrue(to, spec) || to <= from || !spec.threshold) return null;
  // Strictly beyond: the millisecond after.
  return Math.floor(fromMs + ((spec.threshold.value - from) / (to - from)) * (toMs - fromMs)) + 1;
}
