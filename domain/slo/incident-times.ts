import type { IncidentDurations } from "../api/slo-report.ts";
import { median } from "../median.ts";

/** When something began, was noticed, acknowledged and resolved. */
export interface IncidentTimes {
  /** The earliest instant shown by the facts. */
  readonly since: Date;
  /** When Tidemark noticed. */
  readonly openedAt: Date;
  readonly acknowledgedAt: Date | null;
  readonly resolvedAt: Date | null;
  /** The earliest deadline among its affected hours; null if there are none. */
  readonly firstDeadlineAt: Date | null;
}

export function incidentDurations(times: IncidentTimes): IncidentDurations {
  const { since, openedAt, acknowledgedAt, resolvedAt, firstDeadlineAt } = times;
  return {
    detectSeconds: Math.max(0, secondsFrom(since, openedAt)),
    acknowledgeSeconds: acknowledgedAt && secondsFrom(openedAt, acknowledgedAt),
    resolveSeconds: resolvedAt && secondsFrom(openedAt, resolvedAt),
    leadSeconds: firstDeadlineAt && secondsFrom(openedAt, firstDeadlineAt),
  };
}

/** Over those that happened; null if none did. */
export function medianSeconds(durations: readonly (number | null)[]): number | null {
  return median(durations.filter((seconds) => seconds !== null));
}

function secondsFrom(from: Date, to: Date): number {
  return (to.getTime() - from.getTime()) / 1000;
}
