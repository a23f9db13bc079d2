import { addHours, formatHour, type Hour, hourOf, parseHour } from "../hour.ts";
import { longestMatrixHours } from "./matrix.ts";

const defaultMatrixHours = 31 * 24;

export interface MatrixRange {
  /** Included. */
  from: Hour;
  /** Excluded, and at most the current hour's end. */
  to: Hour;
  /** The parameter to correct, and how; null: none, and the range is as requested. */
  fault: { parameter: "from" | "to"; detail: string } | null;
}

/** The range given by `from` and `to`: `to` defaults to the current hour included, `from` to 31 days before it. */
export function resolveMatrixRange(
  asked: { from?: string | undefined; to?: string | undefined },
  now: Date,
): MatrixRange {
  const next = addHours(hourOf(now), 1);
  const standard = { from: addHours(next, -defaultMatrixHours), to: next };
  for (const parameter of ["from", "to"] as const) {
    const text = asked[parameter];
    if (text === undefined || parseHour(text)) continue;
    const detail = `"${text}" is not a valid hour. Write its UTC start like 2026-11-22T13.`;
    return { ...standard, fault: { parameter, detail } };
  }
  const askedTo = parseHour(asked.to ?? "") ?? next;
  const to = new Date(Math.min(askedTo.getTime(), next.getTime()));
  const from = parseHour(asked.from ?? "") ?? addHours(to, -defaultMatrixHours);
  if (from >= to) {
    const detail = `The range from ${formatHour(from)} to ${formatHour(to)} is empty. from is included, to is excluded, and hours after the current one are left out.`;
    return { ...standard, fault: { parameter: "from", detail } };
  }
  if (to.getTime() - from.getTime() > longestMatrixHours * 3_600_000) {
    const detail = `${formatHour(from)} to ${formatHour(to)} is longer than ${longestMatrixHours / 24} days, the maximum per request.`;
    return { from: addHours(to, -longestMatrixHours), to, fault: { parameter: "from", detail } };
  }
  return { from, to, fault: null };
}
