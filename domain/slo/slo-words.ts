import type { SloStatus } from "../slo-measures.ts";
import type { Period } from "./period.ts";

export const statusWords: Record<SloStatus, string> = {
  met: "met",
  in_progress: "in progress",
  at_risk: "at risk",
  missed: "missed",
  unknown: "unknown",
  excused: "excused",
  no_objective: "no objective",
  no_data: "no data",
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

/** `2026-09` for `2026-10`. */
export function monthBefore(month: string): string {
  return new Date(Date.UTC(Number(month.slice(0, 4)), Number(month.slice(5, 7)) - 2)).toISOString().slice(0, 7);
}

/** "October 2026", "the last 28 days". */
export function periodName({ kind, name }: Pick<Period, "kind" | "name">): string {
  return kind === "month" ? monthName(name) : "the last 28 days";
}

/** "5 Oct", "5 Oct 2026" with its year. For a day or an instant. */
export function dayName(day: string, withYear = false): string {
  const name = `${Number(day.slice(8, 10))} ${months[Number(day.slice(5, 7)) - 1]?.slice(0, 3)}`;
  return withYear ? `${name} ${day.slice(0, 4)}` : name;
}

/** The day before: an excluded end, shown as the last day included. */
export function lastDay(to: string): string {
  return new Date(Date.parse(to) - 86_400_000).toISOString().slice(0, 10);
}

/** "2 event types were claimed later: their hours before count too". */
export function pastRecordsText(count: number): string {
  return count === 1
    ? "1 event type was claimed later: its hours before count too"
    : `${count} event types were claimed later: their hours before count too`;
}
