import { formatCount, formatCountOf } from "../figures.ts";

/** What a catalogue change does to verdicts, in hours of all its types together. */
export interface CatalogueEffect {
  readonly hoursCreated: number;
  /** Hours that their types no longer have: their verdicts are removed. */
  readonly hoursDeleted: number;
  readonly hoursRejudged: number;
  /** Hours that miss their deadline under the new terms only; null: not counted, because datacenters come or go. */
  readonly becomeLate: number | null;
  readonly becomeOnTime: number | null;
  /** Counted in the newest hours and extrapolated. */
  readonly estimated: boolean;
  /** For a datacenter: event types that start to expect it; for a type: datacenters that it starts to expect. */
  readonly beginToWait: number;
  readonly stopWaiting: number;
}

/** The effect of one change in sentences; empty if verdicts stay as they are. */
export function effectWords(effect: CatalogueEffect, { kind, name }: { kind: string; name: string }): string[] {
  const { hoursCreated, hoursDeleted, hoursRejudged, becomeLate, becomeOnTime, beginToWait, stopWaiting } = effect;
  const about = effect.estimated ? "an estimated " : "";
  const waiters = (count: number, verbs: readonly [string, string]) => {
    if (count === 0) return [];
    const verb = count === 1 ? verbs[0] : verbs[1];
    if (kind === "Datacenter") return [`${formatCountOf(count, "event type")} ${verb} for ${name}.`];
    return [`It ${verbs[0]} for ${formatCountOf(count, "datacenter")}.`];
  };
  const moved = [
    becomeLate ? `${about}${formatCount(becomeLate)} ${becomeLate === 1 ? "becomes" : "become"} late` : "",
    becomeOnTime ? `${about}${formatCount(becomeOnTime)} no longer late` : "",
  ].filter((part) => part !== "");
  return [
    hoursCreated > 0 ? `${formatCountOf(hoursCreated, "new verdict")}.` : "",
    kind === "EventType" && hoursCreated > 1
      ? "These hours are past: they count in service levels, which mark the type as claimed later."
      : "",
    hoursDeleted > 0 ? `${formatCountOf(hoursDeleted, "verdict")} removed.` : "",
    hoursRejudged > 0
      ? `${formatCountOf(hoursRejudged, "hour")} judged again${moved.length > 0 ? `, ${moved.join(", ")}` : becomeLate === 0 ? ", none becomes late" : ""}.`
      : "",
    ...waiters(beginToWait, ["starts to wait", "start to wait"]),
    ...waiters(stopWaiting, ["stops waiting", "stop waiting"]),
  ].filter((sentence) => sentence !== "");
}
