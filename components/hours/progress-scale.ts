import { secondsBetween } from "#components/ui/duration.ts";
import type { ProgressJson } from "#domain/api/hour-evidence.ts";

export type ProgressScale = ReturnType<typeof makeProgressScale>;

/** The common scale of all datacenters' lines: from the hour's start to the last relevant instant, plus a margin. */
export function makeProgressScale(
  progress: ProgressJson,
  { endsAt, deadlineAt }: { endsAt: string; deadlineAt: string },
) {
  const fromAt = new Date(Date.parse(endsAt) - 3_600_000).toISOString();
  const closings = progress.lanes.map(({ closedAt }) => closedAt ?? progress.asOf);
  const bands = progress.lanes.flatMap(({ usualDelay }) =>
    usualDelay ? [new Date(Date.parse(endsAt) + usualDelay.high * 1000).toISOString()] : [],
  );
  const last = [endsAt, ...closings, ...bands].reduce((one, other) =>
    Date.parse(other) > Date.parse(one) ? other : one,
  );
  // A deadline days away would squeeze everything else into a corner: it is drawn only if near.
  const hourAndDelay = secondsBetween(fromAt, last);
  const toDeadline = secondsBetween(fromAt, deadlineAt);
  const seconds = Math.max(hourAndDelay, toDeadline <= 2 * hourAndDelay ? toDeadline : 0) * 1.06;
  const percentOf = (at: string) => Math.min(100, Math.max(0, (secondsBetween(fromAt, at) / seconds) * 100));
  return {
    fromAt,
    toAt: new Date(Date.parse(fromAt) + seconds * 1000).toISOString(),
    /** An instant's position in percent of the width; clamped to the drawing. */
    percentOf,
    /** For seconds after the hour's end. */
    percentOfDelay: (delay: number) => percentOf(new Date(Date.parse(endsAt) + delay * 1000).toISOString()),
  };
}
