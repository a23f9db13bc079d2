const months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/** The zone's wall clock at an instant. */
interface WallClock {
  year: number;
  month: number;
  day: number;
  hour: string;
  minute: string;
  second: string;
}

const formats = new Map<string, Intl.DateTimeFormat>();

function wallClock(instantAt: string, timeZone: string): WallClock {
  // For the first render: without Intl, which browsers are slow to initialise.
  if (timeZone === "UTC") return utcClock(new Date(instantAt));
  let format = formats.get(timeZone);
  if (!format) {
    format = new Intl.DateTimeFormat("en-GB", {
      timeZone,
      year: "numeric",
      month: "numeric",
      day: "numeric",
      hour: "2-digit",
      minute: "2-digit",
      second: "2-digit",
      hourCycle: "h23",
    });
    formats.set(timeZone, format);
  }
  const parts = new Map(format.formatToParts(new Date(instantAt)).map(({ type, value }) => [type, value]));
  const part = (name: Intl.DateTimeFormatPartTypes) => parts.get(name) ?? "";
  return {
    year: Number(part("year")),
    month: Number(part("month")),
    day: Number(part("day")),
    hour: part("hour"),
    minute: part("minute"),
    second: part("second"),
  };
}

function utcClock(instant: Date): WallClock {
  const twoDigits = (figure: number) => String(figure).padStart(2, "0");
  return {
    year: instant.getUTCFullYear(),
    month: instant.getUTCMonth() + 1,
    day: instant.getUTCDate(),
    hour: twoDigits(instant.getUTCHours()),
    minute: twoDigits(instant.getUTCMinutes()),
    second: twoDigits(instant.getUTCSeconds()),
  };
}

/** "13:04", with its date unless it is the day of `relativeTo`; the year too if that differs. */
export function formatInstant(instantAt: string, timeZone: string, relativeToAt?: string): string {
  const clock = wallClock(instantAt, timeZone);
  const time = `${clock.hour}:${clock.minute}`;
  const today = relativeToAt ? wallClock(relativeToAt, timeZone) : null;
  const day = `${clock.day} ${months[clock.month - 1]}`;
  if (today?.year === clock.year)
    return today.month === clock.month && today.day === clock.day ? time : `${day} ${time}`;
  return `${day} ${clock.year} ${time}`;
}

/** "13:04" on the day of `relativeTo`, else the date alone: "24 Nov". */
export function formatBriefInstant(instantAt: string, timeZone: string, relativeToAt?: string): string {
  return formatInstant(instantAt, timeZone, relativeToAt).replace(/ \d\d:\d\d$/, "");
}

/** A UTC hour by a zone's wall clock: "14:00–15:00", with its date if that differs from the hour's name. */
export function formatHourSpan(hour: Date, timeZone: string): string {
  const start = wallClock(hour.toISOString(), timeZone);
  const end = wallClock(new Date(hour.getTime() + 3_600_000).toISOString(), timeZone);
  const span = `${start.hour}:${start.minute}–${end.hour}:${end.minute}`;
  return start.day === hour.getUTCDate() ? span : `${start.day} ${months[start.month - 1]} ${span}`;
}

/** To the second, with the zone's name: "2026-11-22 13:04:05 UTC". */
export function formatExactInstant(instantAt: string, timeZone: string): string {
  const clock = wallClock(instantAt, timeZone);
  const date = `${clock.year}-${String(clock.month).padStart(2, "0")}-${String(clock.day).padStart(2, "0")}`;
  return `${date} ${clock.hour}:${clock.minute}:${clock.second} ${timeZone}`;
}
