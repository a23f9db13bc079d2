import { formatElapsed } from "../duration.ts";

export const alertStates = ["normal", "pending", "firing", "recovering", "no-data", "error"] as const;
export type AlertState = (typeof alertStates)[number];

/** The state stored between two evaluations of one rule about one subject. */
export interface StoredAlert {
  state: AlertState;
  value: number | null;
  pendingSince: Date | null;
  firingSince: Date | null;
  /** When it last held. */
  lastTrueAt: Date | null;
  /** When it last stopped firing or recovering. */
  resolvedAt: Date | null;
}

/** The result of one evaluation. */
export type AlertLook =
  | { kind: "value"; value: number; isTrue: boolean }
  /** The facts that the rule needs are missing: neither true nor false. */
  | { kind: "no-data"; why: string }
  /** The rule itself could not be evaluated. */
  | { kind: "error"; why: string }
  /** There is nothing left to evaluate: the rule, type or datacenter is gone, or no longer in scope. */
  | { kind: "gone"; why: string };

export interface AlertTerms {
  /** How long it must hold before it fires. */
  forSeconds: number;
  /** How long it keeps firing after it last held. */
  keepFiringForSeconds: number;
}

export interface AlertStep {
  next: StoredAlert;
  /** Why the state is what it is now, in a few words. */
  reason: string;
  changed: boolean;
}

export const neverFired: StoredAlert = {
  state: "normal",
  value: null,
  pendingSince: null,
  firingSince: null,
  lastTrueAt: null,
  resolvedAt: null,
};

/*
 *   state        true                                 false                                    no data       error        gone
 *   normal       pending; firing when for is nothing  normal                                   no-data       error        normal
 *   pending      firing once held for `for`           normal                                   no-data       error        normal
 *   firing       firing                               recovering; normal when kept for nothing firing        firing       normal
 *   recovering   firing                               normal once false for `keepFiringFor`    recovering    recovering   normal
 *   no-data      as from normal                       normal                                   no-data       error        normal
 *   error        as from normal                       normal                                   no-data       error        normal
 *
 * A firing alert keeps firing while there is no data: silence is no recovery. A pending one starts over after a gap, because it is
 * unknown whether it held meanwhile. A rule fires at the first evaluation at which it has held long enough, however irregular they are.
 */
export function stepAlert(stored: StoredAlert, look: AlertLook, terms: AlertTerms, now: Date): AlertStep {
  switch (look.kind) {
    case "value":
      return look.isTrue ? whenTrue(stored, look.value, terms, now) : whenFalse(stored, look.value, terms, now);
    case "gone":
      return become(stored, calm(stored, null, now), look.why);
    default:
      if (isActive(stored)) return become(stored, { ...stored }, `unchanged while there is no data: ${look.why}`);
      return become(stored, { ...calm(stored, null, now), state: look.kind }, look.why);
  }
}

/** It pages, or did until recently. */
export function isActive({ state }: Pick<StoredAlert, "state">): boolean {
  return state === "firing" || state === "recovering";
}

function whenTrue(stored: StoredAlert, value: number, { forSeconds }: AlertTerms, now: Date): AlertStep {
  const seen = { ...stored, value, lastTrueAt: now };
  if (stored.state === "firing") return become(stored, seen, "the condition still holds");
  if (stored.state === "recovering") return become(stored, { ...seen, state: "firing" }, "the condition holds again");
  const since = stored.state === "pending" && stored.pendingSince ? stored.pendingSince : now;
  const heldSeconds = (now.getTime() - since.getTime()) / 1000;
  if (heldSeconds >= forSeconds) {
    const held = forSeconds === 0 ? "the condition holds" : `held for ${formatElapsed(heldSeconds)}`;
    return become(stored, { ...seen, state: "firing", pendingSince: since, firingSince: now, resolvedAt: null }, held);
  }
  const waits = `the condition holds; fires after ${formatElapsed(forSeconds)}`;
  return become(stored, { ...seen, state: "pending", pendingSince: since, firingSince: null }, waits);
}

function whenFalse(
  stored: StoredAlert,
  value: number,
  { forSeconds, keepFiringForSeconds }: AlertTerms,
  now: Date,
): AlertStep {
  if (!isActive(stored)) {
    const reason =
      stored.state === "pending"
        ? `cleared before its \`for\` of ${formatElapsed(forSeconds)} elapsed`
        : "the condition does not hold";
    return become(stored, calm(stored, value, now), reason);
  }
  const quietSeconds = (now.getTime() - (stored.lastTrueAt ?? now).getTime()) / 1000;
  if (quietSeconds >= keepFiringForSeconds) {
    const reason = keepFiringForSeconds === 0 ? "the condition cleared" : `clear for ${formatElapsed(quietSeconds)}`;
    return become(stored, calm(stored, value, now), reason);
  }
  const reason = `the condition cleared; keeps firing for ${formatElapsed(keepFiringForSeconds)}`;
  return become(stored, { ...stored, value, state: "recovering" }, reason);
}

function calm(stored: StoredAlert, value: number | null, now: Date): StoredAlert {
  const resolvedAt = isActive(stored) ? now : stored.resolvedAt;
  return { ...stored, state: "normal", value, pendingSince: null, firingSince: null, resolvedAt };
}

function become(stored: StoredAlert, next: StoredAlert, reason: string): AlertStep {
  return { next, reason, changed: next.state !== stored.state };
}
