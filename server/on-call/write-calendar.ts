import { ICalCalendar } from "ical-generator";
import { maxShiftDays, shiftsBetween } from "#domain/on-call.ts";
import { type Call, requireScope } from "#server/access/index.ts";
import { findSchedule } from "./find-schedule.ts";
import { toSchedule } from "./schedule-row.ts";
import { loadOverrides } from "./stored-overrides.ts";

const pastDays = 7;
const dayMs = 86_400_000;

/** A schedule's shifts as iCalendar, from a week ago on: what calendar programs subscribe to. */
export async function writeCalendar({ ctx, input: { name } }: Call<{ name: string }>): Promise<string> {
  requireScope(ctx, "read");
  const row = await findSchedule(ctx.database, name);
  const now = ctx.clock.now();
  const from = new Date(now.getTime() - pastDays * dayMs);
  const overrides = (await loadOverrides(ctx.database, [name], from)).get(name) ?? [];
  const calendar = new ICalCalendar({
    name: `On call: ${name}`,
    prodId: { company: "Tidemark", product: "On call" },
    ttl: 3_600,
  });
  const to = new Date(from.getTime() + maxShiftDays * dayMs);
  for (const { person, startsAt, endsAt, layer } of shiftsBetween(toSchedule(row), overrides, { from, to }))
    calendar.createEvent({
      // The first shift is cut at the span's start, which moves: its end does not.
      id: `${endsAt.getTime()}.${encodeURIComponent(name)}@tidemark`,
      stamp: row.updatedAt,
      start: startsAt,
      end: endsAt,
      summary: person,
      description: `On call for ${name}${layer === null ? ", as an override" : ""}.`,
    });
  return calendar.toString();
}
