import { formatDuration } from "#components/ui/duration.ts";
import { formatCount } from "#components/ui/number-format.ts";
import type { StatusJson } from "#domain/api/board.ts";

/** "1,204,000 of 4,800,000 hours, about 6 min left". */
export function rejudgingText({ hours, doneHours, secondsLeft }: NonNullable<StatusJson["rejudging"]>): string {
  const progress = `${formatCount(doneHours)} of ${formatCount(hours)} hours`;
  return secondsLeft === null ? `${progress}, just started` : `${progress}, about ${formatDuration(secondsLeft)} left`;
}
