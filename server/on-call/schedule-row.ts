import type { OnCallOverrideJson, OnCallScheduleJson, OnCallShiftJson } from "#domain/api/on-call.ts";
import { formatInstant } from "#domain/instant.ts";
import { maxShiftDays, type OnCallSchedule, parseOnCallSchedule, type Shift, shiftsBetween } from "#domain/on-call.ts";
import type { OnCallOverride, OnCallSchedule as StoredSchedule } from "#server/db/generated/client.ts";
import { specTag } from "#server/precondition.ts";

export interface ScheduleParts {
  row: StoredSchedule;
  /** Those that stand and are not over. */
  overrides: readonly OnCallOverride[];
  receivers: readonly string[];
  now: Date;
}

const dayMs = 86_400_000;

/** Throws if this version cannot read the schedule, although applying refuses such ones: guessing would page the wrong person. */
export function toSchedule({ name, spec }: { name: string; spec: unknown }): OnCallSchedule {
  const parsed = parseOnCallSchedule(spec);
  if (parsed.ok) return parsed.spec;
  throw new Error(`The on-call schedule ${name} cannot be read: ${JSON.stringify(parsed.faults)}. Apply it again.`);
}

export function toScheduleJson({ row, overrides, receivers, now }: ScheduleParts): OnCallScheduleJson {
  const { name, updatedAt, updatedBy } = row;
  const schedule = toSchedule(row);
  const spec = row.spec as OnCallScheduleJson["spec"];
  const to = new Date(now.getTime() + maxShiftDays * dayMs);
  const shifts = shiftsBetween(schedule, overrides, { from: now, to });
  const [first] = shifts;
  const isNow = first !== undefined && first.startsAt <= now;
  const next = isNow ? shifts[1] : first;
  return {
    name,
    spec,
    etag: specTag(spec),
    timeZone: schedule.timeZone,
    now: isNow ? toShiftJson(first) : null,
    next: next ? toShiftJson(next) : null,
    overrides: overrides.map((override) => toOverrideJson(override, schedule)),
    receivers: [...receivers],
    updatedAt: formatInstant(updatedAt),
    updatedBy,
  };
}

export function toShiftJson({ startsAt, endsAt, ...shift }: Shift): OnCallShiftJson {
  return { ...shift, startsAt: formatInstant(startsAt), endsAt: formatInstant(endsAt) };
}

export function toOverrideJson(row: OnCallOverride, { people }: OnCallSchedule): OnCallOverrideJson {
  const { id, person, startsAt, endsAt, reason, calendarUid, createdBy, createdAt, removedBy, removedAt } = row;
  return {
    id,
    person,
    startsAt: formatInstant(startsAt),
    endsAt: formatInstant(endsAt),
    reason,
    source: calendarUid === null ? "person" : "calendar",
    counts: people.some(({ name }) => name === person),
    createdBy,
    createdAt: formatInstant(createdAt),
    removedBy,
    removedAt: removedAt && formatInstant(removedAt),
  };
}
