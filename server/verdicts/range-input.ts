import { readCalendarDay } from "#domain/calendar-day.ts";
import { type Hour, parseHour } from "#domain/hour.ts";
import { splitNames } from "#domain/name-list.ts";
import { type Fault, Invalid } from "#server/errors.ts";

export interface RangeInput {
  /** See splitNames. */
  eventTypes: string;
  from?: string | undefined;
  to?: string | undefined;
  day?: string | undefined;
  zone?: string | undefined;
}

/** Event types and a range of hours; `to` excluded. */
export interface HourRange {
  eventTypes: string[];
  from: Hour;
  to: Hour;
  day: string | null;
  /** Set with `day`. */
  zone: string | null;
}

const mostTypes = 50;
const mostDays = 31;
/** A month in a zone that leaves summer time and whose days begin at half past: two hours more. */
const mostHours = mostDays * 24 + 2;

/** Parses user input; throws Invalid with every fault. */
export function readRangeInput(input: RangeInput): HourRange {
  const faults: Fault[] = [];
  const fault = (parameter: string, detail: string) => void faults.push({ parameter, detail });
  const eventTypes = splitNames(input.eventTypes);
  if (eventTypes.length === 0)
    fault("eventTypes", "Name at least one event type, several with commas: EndSong,AdClick.");
  if (eventTypes.length > mostTypes)
    fault("eventTypes", `${eventTypes.length} event types are too many. Ask for at most ${mostTypes} at once.`);
  const hours = input.day === undefined ? readHours(input, fault) : readDay(input, input.day, fault);
  if (faults.length > 0 || !hours) throw new Invalid(faults.map(({ detail }) => detail).join(" "), faults);
  return { eventTypes, ...hours };
}

type SayFault = (parameter: string, detail: string) => void;
type Hours = Omit<HourRange, "eventTypes">;

function readDay({ from, to, zone = "UTC" }: RangeInput, day: string, fault: SayFault): Hours | null {
  if (from !== undefined || to !== undefined) fault("day", "Ask for a day, or for `from` and `to`, and not for both.");
  const read = readCalendarDay(day, zone);
  if (read === "day") fault("day", `"${day}" is not a valid day. Write it like 2026-11-27.`);
  else if (read === "zone")
    fault("zone", `"${zone}" is not a time zone of the tz database. Write one like Europe/Stockholm or UTC.`);
  else if (read === "skipped") fault("day", `${zone} had no ${day}: its clocks skipped that day.`);
  else return read;
  return null;
}

function readHours({ from, to, zone }: RangeInput, fault: SayFault): Hours | null {
  if (zone !== undefined) fault("zone", "A zone needs a `day`. The hours of a range are UTC.");
  if (from === undefined || to === undefined) {
    const parameter = from === undefined ? "from" : "to";
    fault(parameter, "Ask for a `day`, or for the hours from `from` up to, not including, `to`.");
    return null;
  }
  const [first, end] = [readHour("from", from, fault), readHour("to", to, fault)];
  if (!first || !end) return null;
  const count = (end.getTime() - first.getTime()) / 3_600_000;
  if (count < 1) fault("to", "`to` must be after `from`: it is the first hour that is not included.");
  if (count > mostHours) fault("to", `${count} hours are too many. Ask for at most ${mostDays} days at once.`);
  return { from: first, to: end, day: null, zone: null };
}

function readHour(parameter: string, text: string, fault: SayFault): Hour | null {
  const hour = parseHour(text);
  if (!hour) fault(parameter, `"${text}" is not a valid hour. Write its UTC start like 2026-11-22T13.`);
  return hour;
}
