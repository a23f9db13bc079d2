import type { OnCallScheduleJson } from "#domain/api/on-call.ts";

/** A person's place in the schedule: its shade in the strip. 0 to 5, and again. */
export function shadeOf({ spec }: Pick<OnCallScheduleJson, "spec">, person: string): number {
  const at = spec.people.findIndex(({ name }) => name === person);
  return Math.max(0, at) % 6;
}

/** Where a part of a span is drawn, in percent of it from its start. */
export function placeOf(
  { startsAt, endsAt }: { startsAt: string; endsAt: string },
  [from, to]: readonly [number, number],
) {
  const share = (at: string) => Math.min(100, Math.max(0, ((Date.parse(at) - from) / (to - from)) * 100));
  return { left: share(startsAt), width: share(endsAt) - share(startsAt) };
}

/** The midnights within a span, in UTC or the browser's zone, as instants. */
export function midnightsIn(from: number, to: number, zone: "utc" | "local"): number[] {
  const midnights: number[] = [];
  const day = new Date(from);
  for (let count = 1; count < 100; count += 1) {
    const at =
      zone === "utc"
        ? Date.UTC(day.getUTCFullYear(), day.getUTCMonth(), day.getUTCDate() + count)
        : new Date(day.getFullYear(), day.getMonth(), day.getDate() + count).getTime();
    if (at >= to) break;
    midnights.push(at);
  }
  return midnights;
}
