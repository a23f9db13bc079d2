import type { Culprit } from "../alert/reading.ts";
import { chooseCause, everywhereLate, isEverywhere } from "../incident.ts";
import type { Firing } from "./fire.ts";

/** An alert that fired, and what it turned out to tell of. */
export interface ToldFiring extends Firing {
  eventType: string;
  datacenter: string | null;
  culprits: () => readonly Culprit[];
  outcome: "caught" | "false" | "undecided";
  /** When the last hour that it tells of is final; Infinity: it is not. */
  finalMs: number;
}

export interface Page {
  causeKey: string;
  untilMs: number;
  firings: ToldFiring[];
}

/** Alerts of one cause are one page, for as long as its incident is open. The earliest first. */
export function pagesOf(firings: readonly ToldFiring[], datacenters: readonly string[]): Page[] {
  const pages: Page[] = [];
  const open = new Map<string, Page>();
  for (const firing of [...firings].sort((a, b) => a.firedAtMs - b.firedAtMs)) {
    for (const [causeKey, { untilMs }] of open) if (untilMs <= firing.firedAtMs) open.delete(causeKey);
    const chosen = chooseCause(firing.culprits(), firing.eventType, new Set(open.keys()));
    const isNewDelay = !open.has(chosen) && chosen.endsWith("/late");
    const causeKey = isNewDelay && isEverywhere([...open.keys(), chosen], datacenters) ? everywhereLate : chosen;
    const page = open.get(causeKey) ?? { causeKey, untilMs: 0, firings: [] };
    if (page.firings.length === 0) {
      pages.push(page);
      open.set(causeKey, page);
    }
    page.firings.push(firing);
    page.untilMs = Math.max(page.untilMs, firing.resolvedAtMs ?? Number.POSITIVE_INFINITY, firing.finalMs);
  }
  return pages;
}

/** A page is false when none of its alerts told of a breach, or of what may become one. */
export function isFalse({ firings }: Page): boolean {
  return firings.every(({ outcome }) => outcome === "false");
}
