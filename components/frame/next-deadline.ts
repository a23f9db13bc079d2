import { secondsBetween } from "#components/ui/duration.ts";
import type { BoardRowJson } from "#domain/api/board.ts";

export interface NextDeadline {
  eventType: string;
  inSeconds: number;
}

const worthSayingSeconds = 3600;

/** The deadline that comes first, of the types' oldest open hours, when it comes within the hour; null: none does. */
export function findNextDeadline(rows: readonly BoardRowJson[], asOf: string): NextDeadline | null {
  let next: NextDeadline | null = null;
  for (const { eventType, oldestOpenHour, deadlineSeconds } of rows) {
    if (oldestOpenHour === null) continue;
    const endsInSeconds = secondsBetween(asOf, `${oldestOpenHour}:00:00Z`) + 3600;
    const inSeconds = endsInSeconds + deadlineSeconds;
    // What is past its deadline is late already: the sentence before this one says so.
    if (inSeconds < 0 || inSeconds > worthSayingSeconds) continue;
    if (next === null || inSeconds < next.inSeconds) next = { eventType, inSeconds };
  }
  return next;
}
