import ical, { type VEvent } from "node-ical";
import { formatInstant } from "#domain/instant.ts";
import { maxShiftDays } from "#domain/on-call.ts";
import { type Fault, Invalid } from "#server/errors.ts";

/** An event of a calendar: a person on call for a while. */
export interface CalendarShift {
  uid: string;
  person: string;
  startsAt: Date;
  endsAt: Date;
}

const dayMs = 86_400_000;
const maxBytes = 1_000_000;
const maxEvents = 1_000;
const maxShifts = 1_000;
/** Days that recurring events are followed from their start, summed: expanding them blocks the process. */
const maxRecurringDays = 5_000;
const maxFaults = 20;
/** What a rota repeats by. A rule that never matches would be searched for years. */
const allowedRule = /^(FREQ=(DAILY|WEEKLY)|INTERVAL=\d{1,3}|COUNT=\d{1,4}|UNTIL=[0-9TZ]+|WKST=[A-Z]{2}|BYDAY=[A-Z,]+)$/;

/** The events of the next 92 days, whose summaries are the names of people. Invalid lists every event that cannot be used. */
export function readCalendar(text: string, { people, now }: { people: readonly string[]; now: Date }): CalendarShift[] {
  const refuse = (detail: string): never => {
    throw new Invalid("The calendar was not imported.", [{ pointer: "", detail }]);
  };
  if (text.length > maxBytes) refuse("must be at most 1 MB. Export the next three months only");
  if (!/^\uFEFF?BEGIN:VCALENDAR/i.test(text.trimStart()))
    refuse("must be an iCalendar file: BEGIN:VCALENDAR is missing");
  if ((text.match(/^BEGIN:VEVENT/gim)?.length ?? 0) > maxEvents) refuse(`must have at most ${maxEvents} events`);
  for (const [, rule = ""] of text.replace(/\r?\n[ \t]/g, "").matchAll(/^RRULE[^:\r\n]*:(.*)$/gim)) {
    const part = rule
      .trim()
      .toUpperCase()
      .split(";")
      .find((each) => !allowedRule.test(each));
    if (part !== undefined)
      refuse(
        `must repeat daily or weekly, by INTERVAL, BYDAY, COUNT and UNTIL only; found ${JSON.stringify(part.slice(0, 60))}`,
      );
  }
  const events = parse(text, refuse);
  const to = new Date(now.getTime() + maxShiftDays * dayMs);
  const recurring = events.filter(({ rrule }) => rrule !== undefined);
  const days = recurring.reduce((sum, { start }) => sum + Math.max(0, to.getTime() - start.getTime()) / dayMs, 0);
  if (days > maxRecurringDays)
    refuse(
      "has repeating events that began too long ago. Export them again from a recent start, or without repetition",
    );
  const names = new Map(people.map((name) => [name.toLowerCase(), name]));
  const faults: Fault[] = [];
  const shifts = events.flatMap((event) => {
    const summary = textOf(event.summary).trim();
    const instances = ical.expandRecurringEvent(event, { from: now, to, expandOngoing: true });
    const ahead = instances.filter(({ start, end }) => end > now && start < to && start < end);
    if (ahead.length === 0) return [];
    const person = names.get(summary.toLowerCase());
    if (person !== undefined) return ahead.map(({ start, end }) => shiftOf(event.uid, person, start, end));
    const when = formatInstant(new Date(ahead[0]?.start ?? event.start));
    const detail = `the event ${JSON.stringify(summary.slice(0, 80))} at ${when} must have a person's name as its title (${people.join(", ")})`;
    faults.push({ pointer: "", detail });
    return [];
  });
  if (faults.length > 0) throw new Invalid("The calendar was not imported.", faults.slice(0, maxFaults));
  if (shifts.length > maxShifts) refuse(`must have at most ${maxShifts} shifts within ${maxShiftDays} days`);
  return shifts;
}

function parse(text: string, refuse: (detail: string) => never): VEvent[] {
  try {
    const events = Object.values(ical.sync.parseICS(text)).filter((part) => part?.type === "VEVENT") as VEvent[];
    return events.filter(({ start, end }) => isDate(start) && isDate(end));
  } catch (error) {
    return refuse(`cannot be read: ${error instanceof Error ? error.message.slice(0, 200) : "it is not iCalendar"}`);
  }
}

function isDate(value: unknown): value is Date {
  return value instanceof Date && !Number.isNaN(value.getTime());
}

/** A summary with parameters is an object. */
function textOf(value: unknown): string {
  if (typeof value === "string") return value;
  return typeof value === "object" && value !== null && "val" in value ? String(value.val) : "";
}

function shiftOf(uid: string, person: string, start: Date, end: Date): CalendarShift {
  return { uid: uid.slice(0, 255), person, startsAt: new Date(start), endsAt: new Date(end) };
}
