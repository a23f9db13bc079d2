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

/** All in seconds; null if it has not happened. */
export interface IncidentDurations {
  readonly detectSeconds: number;
  /** Counted from the notice. */
  readonly acknowledgeSeconds: number | null;
  readonly resolveSeconds: number | null;
  /** From the notice to the first deadline among its hours, which is when consumers would have noticed; negative: after it. */
  readonly leadSeconds: number | null;
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
