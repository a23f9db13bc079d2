import { addHours, formatHour, hourOf, parseHour } from "#domain/hour.ts";

export interface HourPhrase {
  /** By name. */
  hour: string;
  /** The rest of the query. */
  rest: string;
}

export interface DayPhrase {
  /** Its first hour, and that of the next day, by name. */
  from: string;
  to: string;
  /** The rest of the query. */
  rest: string;
}

const dayMs = 86_400_000;
const weekdays = ["sunday", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday"];
const months = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

const named = /\b\d{4}-\d{2}-\d{2}[T ]\d{2}(?::00){0,2}Z?(?=\s|$)/i;
const clock = /(?:^|\s)(?:(\d{1,2}):00|(\d{1,2})h|(\d{1,2}) ?(am|pm))(?=\s|$)/i;
const days: readonly [RegExp, (match: RegExpExecArray, now: Date) => number | null][] = [
  [/(?:^|\s)today(?=\s|$)/i, (_, now) => midnight(now)],
  [/(?:^|\s)yesterday(?=\s|$)/i, (_, now) => midnight(now) - dayMs],
  [/(?:^|\s)(\d{1,3}) days? ago(?=\s|$)/i, ([, count], now) => midnight(now) - Number(count) * dayMs],
  [/(?:^|\s)(\d{4}-\d{2}-\d{2})(?=\s|$)/, ([, date = ""]) => dayOf(date)],
  [
    new RegExp(`(?:^|\\s)(${weekdays.map((day) => `${day.slice(0, 3)}(?:${day.slice(3)})?`).join("|")})(?=\\s|$)`, "i"),
    lastWeekday,
  ],
  [
    new RegExp(`(?:^|\\s)(\\d{1,2}) (${months.join("|")})[a-z]*(?=\\s|$)`, "i"),
    ([, day, month], now) => lastDate(Number(day), month ?? "", now),
  ],
  [
    new RegExp(`(?:^|\\s)(${months.join("|")})[a-z]* (\\d{1,2})(?=\\s|$)`, "i"),
    ([, month, day], now) => lastDate(Number(day), month ?? "", now),
  ],
];

/**
 * The UTC hour in a phrase: "EndSong 13:00 yesterday", "3pm friday", "22 nov 07h", "2026-11-22T13", "last hour". A time
 * alone means its latest occurrence, as does a weekday or a date without a year. null: there is none.
 */
export function readHourPhrase(text: string, now: Date): HourPhrase | null {
  const whole = named.exec(text);
  const exact = whole
    ? parseHour(
        whole[0]
          .toUpperCase()
          .replace(" ", "T")
          .replace(/(?::00)+Z?$|Z$/, ""),
      )
    : null;
  if (whole && exact) return { hour: formatHour(exact), rest: without(text, whole) };
  const last = /\blast hour\b/i.exec(text);
  if (last) return { hour: formatHour(addHours(hourOf(now), -1)), rest: without(text, last) };
  const time = clock.exec(text);
  const hours = time ? hoursOf(time) : null;
  if (time === null || hours === null) return null;
  const rest = without(text, time);
  const day = findDay(rest, now);
  if (day) return { hour: nameOf(day.startMs, hours), rest: day.rest };
  const today = midnight(now) + hours * 3_600_000;
  return { hour: nameOf(today > now.getTime() ? midnight(now) - dayMs : midnight(now), hours), rest };
}

/** The UTC day in a phrase without an hour: "EndSong yesterday", "22 nov". null: there is none. */
export function readDayPhrase(text: string, now: Date): DayPhrase | null {
  const day = findDay(text, now);
  return day && { from: nameOf(day.startMs, 0), to: nameOf(day.startMs, 24), rest: day.rest };
}

function findDay(text: string, now: Date): { startMs: number; rest: string } | null {
  for (const [pattern, startOf] of days) {
    const match = pattern.exec(text);
    const startMs = match && startOf(match, now);
    if (match && startMs != null) return { startMs, rest: without(text, match) };
  }
  return null;
}

function hoursOf([, colon, letter, twelve, half]: RegExpExecArray): number | null {
  if (twelve !== undefined) {
    const hours = Number(twelve);
    return hours < 1 || hours > 12 ? null : (hours % 12) + (half?.toLowerCase() === "pm" ? 12 : 0);
  }
  const hours = Number(colon ?? letter);
  return hours > 23 ? null : hours;
}

function lastWeekday([, name = ""]: RegExpExecArray, now: Date): number {
  const wanted = weekdays.findIndex((day) => day.startsWith(name.slice(0, 3).toLowerCase()));
  return midnight(now) - ((now.getUTCDay() - wanted + 7) % 7) * dayMs;
}

function lastDate(day: number, month: string, now: Date): number | null {
  const at = months.indexOf(month.slice(0, 3).toLowerCase());
  const inYear = (year: number) => {
    const ms = Date.UTC(year, at, day);
    return new Date(ms).getUTCDate() === day ? ms : null;
  };
  const thisYear = inYear(now.getUTCFullYear());
  return thisYear !== null && thisYear <= now.getTime() ? thisYear : inYear(now.getUTCFullYear() - 1);
}

/** null: no calendar has it, though Date.parse would take 31 February for 3 March. */
function dayOf(date: string): number | null {
  const ms = Date.parse(`${date}T00:00:00Z`);
  return !Number.isNaN(ms) && new Date(ms).toISOString().startsWith(date) ? ms : null;
}

const midnight = (now: Date) => Math.floor(now.getTime() / dayMs) * dayMs;
const nameOf = (startMs: number, hours: number) => formatHour(addHours(new Date(startMs), hours));
const without = (text: string, match: RegExpExecArray) =>
  `${text.slice(0, match.index)} ${text.slice(match.index + match[0].length)}`.replace(/\s+/g, " ").trim();
