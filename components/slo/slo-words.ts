import type { SloMeasureJson, SloPeriodJson } from "#domain/api/slo.ts";
import type { VerdictState } from "#domain/verdict.ts";

type Status = SloMeasureJson["status"];

/** A status has the shape of the verdict that it is most like, so that none is told by colour alone. */
export const statusShapes: Record<Status, VerdictState> = {
  kept: "complete",
  at_risk: "closing",
  missed: "late",
  unknown: "unverified",
  no_objective: "open",
  no_data: "open",
};

export const statusWords: Record<Status, string> = {
  kept: "kept",
  at_risk: "at risk",
  missed: "missed",
  unknown: "unknown",
  no_objective: "no objective",
  no_data: "nothing due yet",
};

export const statusMeanings: Record<Status, string> = {
  kept: "what went wrong is within the error budget",
  at_risk: "more went wrong than the objective allows so far; the budget of the whole period still holds",
  missed: "more went wrong than the whole period allows",
  unknown: "unverified hours could have spent the budget",
  no_objective: "nothing is promised: set an objective in the catalogue",
  no_data: "no hour is due yet",
};

const months = [
  "January",
  "February",
  "March",
  "April",
  "May",
  "June",
  "July",
  "August",
  "September",
  "October",
  "November",
  "December",
];

/** "October 2026". */
export function monthName(month: string): string {
  return `${months[Number(month.slice(5, 7)) - 1]} ${month.slice(0, 4)}`;
}

/** "October 2026", "the last 28 days". */
export function periodName({ kind, name }: Pick<SloPeriodJson, "kind" | "name">): string {
  return kind === "month" ? monthName(name) : "the last 28 days";
}

/** "5 Oct", "5 Oct 2026" with its year. */
export function dayName(day: string, withYear = false): string {
  const name = `${Number(day.slice(8, 10))} ${months[Number(day.slice(5, 7)) - 1]?.slice(0, 3)}`;
  return withYear ? `${name} ${day.slice(0, 4)}` : name;
}

/** The day before: what is excluded, said as the last that is in. */
export function lastDay(to: string): string {
  return new Date(Date.parse(to) - 86_400_000).toISOString().slice(0, 10);
}
