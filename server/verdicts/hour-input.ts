import { type Hour, parseHour } from "#domain/hour.ts";
import { type Fault, Invalid } from "#server/errors.ts";

/** Parses an hour from a parameter; Invalid lists the accepted forms. */
export function readHourInput(text: string, parameter: string): Hour {
  return readHourAt(text, { parameter });
}

/** The same of a body's member, by its JSON pointer. */
export function readHourMember(text: string, pointer: string): Hour {
  return readHourAt(text, { pointer });
}

function readHourAt(text: string, place: Omit<Fault, "detail">): Hour {
  const hour = parseHour(text);
  if (hour) return hour;
  const detail = `"${text}" is not a valid hour. Write its UTC start like 2026-11-22T13, 2026-11-22T13Z, 2026-11-22T13:00Z or 2026-11-22T13:00:00Z.`;
  throw new Invalid(detail, [{ ...place, detail }]);
}
