import type { CalendarImportJson } from "#domain/api/on-call.ts";
import { type Call, requireScope } from "#server/access/index.ts";
import { recordAct } from "#server/audit/index.ts";
import { bulkRows } from "#server/db/bulk-rows.ts";
import type { OnCallOverride } from "#server/db/generated/client.ts";
import { holdSchedule } from "./find-schedule.ts";
import type { CalendarShift } from "./read-calendar.ts";
import { toSchedule } from "./schedule-row.ts";

/**
 * Makes a calendar's events of the next 92 days overrides, in place of those imported before: an event that is gone from the
 * calendar is taken back, and what people created by hand stays.
 */
export async function importCalendar({
  ctx,
  input: { name, text },
}: Call<{ name: string; text: string }>): Promise<CalendarImportJson> {
  requireScope(ctx, "respond");
  const now = ctx.clock.now();
  // Its library takes 7 MB of every process that loads it, and only an import reads calendars.
  const { readCalendar } = await import("./read-calendar.ts");
  return ctx.database.transaction(async (tx) => {
    const { people } = toSchedule(await holdSchedule(tx, name));
    const shifts = readCalendar(text, { people: people.map((person) => person.name), now });
    const wanted = new Map(shifts.map((shift) => [keyOf(shift), shift]));
    const standing = await tx.prisma.onCallOverride.findMany({
      where: { schedule: name, endsAt: { gt: now }, removedAt: null, calendarUid: { not: null } },
    });
    const kept = new Set(standing.map(keyOfRow).filter((key) => wanted.has(key)));
    const gone = standing.filter((row) => !kept.has(keyOfRow(row)));
    const fresh = [...wanted].flatMap(([key, shift]) => (kept.has(key) ? [] : [shift]));
    await tx.prisma.onCallOverride.updateMany({
      where: { id: { in: gone.map(({ id }) => id) } },
      data: { removedBy: ctx.actor, removedAt: now },
    });
    await tx.query(
      `INSERT INTO on_call_override (schedule, person, starts_at, ends_at, calendar_uid, created_by, created_at)
       SELECT $1, person, starts_at, ends_at, uid, $2, $3 FROM ${shiftRows.from("n", 4)}`,
      [name, ctx.actor, now, ...shiftRows.values(fresh)],
    );
    if (fresh.length + gone.length > 0) {
      const shiftsOf = (shifts: readonly { person: string; startsAt: Date; endsAt: Date }[]) => ({
        shifts: shifts.map(({ person, startsAt, endsAt }) => ({ person, startsAt, endsAt })),
      });
      const [before, after] = [shiftsOf(gone), shiftsOf(fresh)];
      await recordAct(tx, ctx, { act: "on_call_schedule.calendar_imported", name, before, after });
    }
    return { created: fresh.length, removed: gone.length, unchanged: kept.size };
  });
}

const shiftRows = bulkRows({ person: "text", startsAt: "timestamptz", endsAt: "timestamptz", uid: "text" });

function keyOf({ uid, person, startsAt, endsAt }: CalendarShift): string {
  return JSON.stringify([uid, person, startsAt.getTime(), endsAt.getTime()]);
}

function keyOfRow({ calendarUid, ...row }: OnCallOverride): string {
  return keyOf({ ...row, uid: calendarUid ?? "" });
}
