import { chooseCause, everywhereLate, isEverywhere } from "../incident.ts";
import type { Firing } from "./fire.ts";
import { culpritsAt, type Sweep } from "./sweep.ts";

/** An alert that fired, and the outcome of the hours it concerned. */
export interface SubjectFiring extends Firing {
  eventType: string;
  datacenter: string | null;
  sweep: Sweep;
  outcome: "caught" | "false" | "undecided";
  /** When the last of its hours is final; Infinity: not yet. */
  finalMs: number;
}

export interface Page {
  causeKey: string;
  untilMs: number;
  firings: SubjectFiring[];
}

/** Alerts with one cause are one page, while its incident is open. Earliest first. */
export function pagesOf(firings: readonly SubjectFiring[], datacenters: readonly string[]): Page[] {
  const pages: Page[] = [];
  const open = new Map<string, Page>();
  const keys = new Set<string>();
  let nextEndMs = Number.POSITIVE_INFINITY;
  for (const firing of [...firings].sort((a, b) => a.firedAtMs - b.firedAtMs)) {
    if (nextEndMs <= firing.firedAtMs) nextEndMs = closeEnded(open, keys, firing.firedAtMs);
    const { sweep, segment, datacenter, firedAtMs, eventType } = firing;
    const chosen = chooseCause(culpritsAt(sweep, segment, datacenter, firedAtMs), eventType, keys);
    const isNewDelay = !keys.has(chosen) && chosen.endsWith("/late");
    const causeKey = isNewDelay && isEverywhere([...keys, chosen], datacenters) ? everywhereLate : chosen;
    const page = open.get(causeKey) ?? { causeKey, untilMs: 0, firings: [] };
    if (page.firings.length === 0) {
      pages.push(page);
      open.set(causeKey, page);
      keys.add(causeKey);
    }
    page.firings.push(firing);
    page.untilMs = Math.max(page.untilMs, firing.resolvedAtMs ?? Number.POSITIVE_INFINITY, firing.finalMs);
    nextEndMs = Math.min(nextEndMs, page.untilMs);
  }
  return pages;
}

/** When the next of them ends. */
function closeEnded(open: Map<string, Page>, keys: Set<string>, atMs: number): number {
  let nextEndMs = Number.POSITIVE_INFINITY;
  for (const [causeKey, { untilMs }] of open) {
    if (untilMs > atMs) nextEndMs = Math.min(nextEndMs, untilMs);
    else {
      open.delete(causeKey);
      keys.delete(causeKey);
    }
  }
  return nextEndMs;
}

/** A page is false if none of its alerts concerned a breach, or an hour that may become one. */
export function isFalse({ firings }: Page): boolean {
  return firings.every(({ outcome }) => outcome === "false");
}

/** Whether it was false is known when its hours are final. */
export function isUndecided(page: Page): boolean {
  return !isFalse(page) && page.firings.every(({ outcome }) => outcome !== "caught");
}
