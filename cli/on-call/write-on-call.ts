import { alignColumns } from "#domain/align-columns.ts";
import type { OnCallOverrideJson, OnCallScheduleJson, OnCallShiftJson } from "#domain/api/on-call.ts";
import { minute } from "../print.ts";

/** A line per schedule, in columns. */
export function writeSchedules(schedules: readonly OnCallScheduleJson[]): string[] {
  if (schedules.length === 0) return ["No on-call schedules. Apply an OnCallSchedule document to create one."];
  const rows = schedules.map(({ name, now, next }) => [
    name,
    now?.person ?? "no one",
    now ? minute(now.endsAt) : "–",
    next ? `${next.person} from ${minute(next.startsAt)}` : "–",
  ]);
  return alignColumns([["SCHEDULE", "ON CALL", "UNTIL", "NEXT"], ...rows]);
}

export function writeSchedule(schedule: OnCallScheduleJson & { shifts: readonly OnCallShiftJson[] }): string[] {
  const { name, now, shifts, overrides } = schedule;
  return [
    now ? `${now.person} is on call in ${name} until ${minute(now.endsAt)} UTC.` : `No one is on call in ${name} now.`,
    "",
    ...alignColumns([
      ["FROM", "UNTIL", "ON CALL", "BECAUSE OF"],
      ...shifts.map(({ person, startsAt, endsAt, layer }) => [
        minute(startsAt),
        minute(endsAt),
        person,
        layer === null ? "an override" : `layer ${layer}`,
      ]),
    ]),
    ...(overrides.length === 0 ? [] : ["", ...writeOverrides(overrides)]),
  ];
}

function writeOverrides(overrides: readonly OnCallOverrideJson[]): string[] {
  const rows = overrides.map(({ id, person, startsAt, endsAt, source, createdBy, counts, reason }) => [
    id,
    counts ? person : `${person} (left, does not count)`,
    minute(startsAt),
    minute(endsAt),
    source === "calendar" ? `${createdBy}, from a calendar` : createdBy,
    reason ?? "–",
  ]);
  return alignColumns([["OVERRIDE", "ON CALL", "FROM", "UNTIL", "BY", "REASON"], ...rows]);
}

export function writeOverride(schedule: string, { id, person, startsAt, endsAt }: OnCallOverrideJson): string[] {
  return [
    `${person} is on call in ${schedule} from ${minute(startsAt)} to ${minute(endsAt)} UTC.`,
    `Remove it with: npx tidemark on-call remove-override ${schedule} ${id}`,
  ];
}
