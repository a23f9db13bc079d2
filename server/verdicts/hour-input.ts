import { type Hour, parseHour } from "#domain/hour.ts";
import { Invalid } from "#server/errors.ts";

/** Parses an hour from user input; Invalid lists the accepted forms. */
export function readHourInput(text: string, parameter: string): Hour {
  const hour = parseHour(text);
  if (hour) return hour;
  const detail = `"${text}" is not a valid hour. Write its UTC start like 2026-11-22T13, 2026-11-22T13Z, 2026-11-22T13:00Z or 2026-11-22T13:00:00Z.`;
  throw new Invalid(detail, [{ parameter, detail }]);
}
