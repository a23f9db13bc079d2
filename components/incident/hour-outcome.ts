import type { IncidentHourJson } from "#domain/api/alerts.ts";
import type { SituationJson } from "#domain/api/situation.ts";

/** What became of an affected hour, as the situation counts them. */
export const outcomes = {
  waiting: "waiting",
  lossy: "closed with loss",
  accepted: "accepted",
  recovered: "recovered",
} as const;
export type HourOutcome = keyof typeof outcomes;

export function outcomeOf({ accepted, recoveredAt, state }: IncidentHourJson): HourOutcome {
  if (accepted !== null) return "accepted";
  if (recoveredAt === null) return "waiting";
  return state === "complete" ? "recovered" : "lossy";
}

/** How many of the affected hours became what, of the situation. */
export function sharesOf(hours: SituationJson["extent"]["hours"]): { outcome: HourOutcome; count: number }[] {
  if (hours === null) return [];
  const { affected, final, accepted, lossy } = hours;
  const counts: [HourOutcome, number][] = [
    ["recovered", final - lossy],
    ["accepted", accepted],
    ["lossy", lossy],
    ["waiting", affected - final - accepted],
  ];
  return counts.flatMap(([outcome, count]) => (count > 0 ? [{ outcome, count }] : []));
}
