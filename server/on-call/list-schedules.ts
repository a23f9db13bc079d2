import type { OnCallScheduleJson } from "#domain/api/on-call.ts";
import { type Call, type Context, requireScope } from "#server/access/index.ts";
import type { OnCallSchedule } from "#server/db/generated/client.ts";
import { cutPage, type Page, type PageInput, pageByName } from "#server/page.ts";
import { findSchedule } from "./find-schedule.ts";
import { loadReceivers } from "./load-receivers.ts";
import { toScheduleJson } from "./schedule-row.ts";
import { loadOverrides } from "./stored-overrides.ts";

/** Schedules by name, each with who is on call now and next. */
export async function listSchedules({
  ctx,
  input,
}: Call<PageInput<string>>): Promise<Page<OnCallScheduleJson, string>> {
  requireScope(ctx, "read");
  const rows = await ctx.database.prisma.onCallSchedule.findMany(pageByName(input));
  const page = cutPage(rows, input.limit, ({ name }) => name);
  return { ...page, items: await withShifts(ctx, page.items) };
}

export async function readSchedule({ ctx, input }: Call<{ name: string }>): Promise<OnCallScheduleJson> {
  requireScope(ctx, "read");
  const schedules = await withShifts(ctx, [await findSchedule(ctx.database, input.name)]);
  return schedules[0] as OnCallScheduleJson;
}

async function withShifts(
  { database, clock }: Context,
  rows: readonly OnCallSchedule[],
): Promise<OnCallScheduleJson[]> {
  const now = clock.now();
  const names = rows.map(({ name }) => name);
  const [overrides, receivers] = await Promise.all([loadOverrides(database, names, now), loadReceivers(database.sql)]);
  return rows.map((row) =>
    toScheduleJson({ row, overrides: overrides.get(row.name) ?? [], receivers: receivers.get(row.name) ?? [], now }),
  );
}
