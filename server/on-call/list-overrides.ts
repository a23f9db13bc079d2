import type { OnCallOverrideJson } from "#domain/api/on-call.ts";
import { type Call, requireScope } from "#server/access/index.ts";
import { findSchedule } from "./find-schedule.ts";
import { toOverrideJson, toSchedule } from "./schedule-row.ts";

const shown = 200;

/** A schedule's overrides, including those that are over or removed: the 200 created last, the newest first. */
export async function listOverrides({ ctx, input: { name } }: Call<{ name: string }>): Promise<OnCallOverrideJson[]> {
  requireScope(ctx, "read");
  const schedule = toSchedule(await findSchedule(ctx.database, name));
  const rows = await ctx.database.prisma.onCallOverride.findMany({
    where: { schedule: name },
    orderBy: [{ createdAt: "desc" }, { id: "desc" }],
    take: shown,
  });
  return rows.map((row) => toOverrideJson(row, schedule));
}
