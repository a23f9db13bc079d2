import type { Nouns } from "#server/db/database.ts";
import type { OnCallOverride } from "#server/db/generated/client.ts";

/** More would make each page slow; a calendar's import has its own limit. */
export const maxOverrides = 1_000;

/** The overrides that stand and end after an instant, by schedule, the earliest first. */
export async function loadOverrides(
  { prisma }: Nouns,
  schedules: readonly string[],
  endAfter: Date,
): Promise<Map<string, OnCallOverride[]>> {
  const rows = await prisma.onCallOverride.findMany({
    where: { schedule: { in: [...schedules] }, endsAt: { gt: endAfter }, removedAt: null },
    orderBy: [{ startsAt: "asc" }, { id: "asc" }],
  });
  return Map.groupBy(rows, ({ schedule }) => schedule);
}
