import type { CorrectionJson } from "#domain/api/corrections.ts";
import type { CorrectionAction } from "#domain/correction.ts";
import { hourEnd } from "#domain/hour.ts";
import { type Call, requireScope } from "#server/access/index.ts";
import type { Prisma } from "#server/db/generated/client.ts";
import { cutPage, type Page } from "#server/page.ts";
import { toCorrectionJson } from "./correction-row.ts";

export interface ListCorrectionsInput {
  eventType?: string | undefined;
  datacenter?: string | undefined;
  action?: CorrectionAction | undefined;
  /** True: those in force; false: undone ones. */
  active?: boolean | undefined;
  /** Those that concern this hour, if their hours are known in advance. */
  hour?: Date | undefined;
  /** Only smaller ids: the next page. */
  before: bigint | null;
  limit: number;
}

/**
 * Corrections, newest first. For a type also resets of a whole datacenter, which name no type; for an hour those
 * that could affect it.
 */
export async function listCorrections({
  ctx,
  input,
}: Call<ListCorrectionsInput>): Promise<Page<CorrectionJson, string>> {
  requireScope(ctx, "read");
  const { eventType, datacenter, action, active, hour, before, limit } = input;
  const filters: Prisma.CorrectionWhereInput[] = [
    eventType === undefined ? {} : { OR: [{ eventType }, { eventType: null }] },
    active === undefined ? {} : { undoneAt: active ? null : { not: null } },
  ];
  if (hour) {
    filters.push(
      { OR: [{ fromHour: null }, { fromHour: { lte: hour } }] },
      { OR: [{ toHour: null }, { toHour: { gt: hour } }] },
      { OR: [{ afterAt: null }, { afterAt: { lt: hourEnd(hour) } }] },
    );
  }
  const rows = await ctx.database.prisma.correction.findMany({
    where: {
      AND: filters,
      ...(datacenter !== undefined && { datacenter }),
      ...(action !== undefined && { action }),
      ...(before !== null && { id: { lt: before } }),
    },
    orderBy: { id: "desc" },
    take: limit + 1,
  });
  const page = cutPage(rows, limit, ({ id }) => String(id));
  return { ...page, items: page.items.map(toCorrectionJson) };
}
