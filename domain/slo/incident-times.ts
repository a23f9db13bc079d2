import { median } from "../median.ts";

/** When something began, was noticed, taken up and over. */
export interface IncidentTimes {
  /** The earliest instant that the facts show. */
  readonly since: Date;
  /** When Tidemark noticed. */
  readonly openedAt: Date;
  readonly acknowledgedAt: Date | null;
  readonly resolvedAt: Date | null;
  /** The earliest deadline among the hours it hurt; null when it hurt none. */
  readonly firstDeadlineAt: Date | null;
}

/** All in seconds; null while it has not happened. */
export interface IncidentDurations {
  readonly detectSeconds: number;
  /** From the notice on. */
  readonly acknowledgeSeconds: number | null;
  readonly resolveSeconds: number | null;
  /** Noticed so long before the first of its hours was due, which is when its readers would have noticed; negative: after it. */
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

/** Of what has happened; null when nothing has. */
export function medianSeconds(durations: readonly (number | null)[]): number | null {
  return median(durations.filter((seconds) => seconds !== null));
}

function secondsFrom(from: Date, to: Date): number {
  return (to.getTime() - from.getTime()) / 1000;
}
