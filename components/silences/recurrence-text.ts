import { capitalize, joinWords } from "#components/ui/words.ts";
import { readWeekly, type WrittenInterval, weekdayNames } from "#domain/silence/weekly.ts";

const workdays = weekdayNames.slice(1, 6);

/** "every Sunday 02:00–04:00 Europe/Stockholm"; other intervals as they are written. */
export function recurrenceText(recurrence: readonly WrittenInterval[]): string {
  const weekly = readWeekly(recurrence);
  if (weekly === null) return `within ${recurrence.map((interval) => JSON.stringify(interval)).join(" or ")}`;
  const { weekdays, startTime, endTime, location } = weekly;
  return `every ${daysText(weekdays)} ${startTime}–${endTime} ${location}`;
}

function daysText(days: readonly string[]): string {
  if (days.length === weekdayNames.length) return "day";
  if (days.join() === workdays.join()) return "weekday";
  return joinWords(days.map(capitalize));
}
