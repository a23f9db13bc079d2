import type { VolumeExclusionJson } from "#domain/api/volume.ts";
import { type Call, requireScope } from "#server/access/index.ts";
import { cutPage, type Page, type PageInput } from "#server/page.ts";
import { toExclusionJson, withNames } from "./exclusion-json.ts";

export interface ExclusionKey {
  from: string;
  id: string;
}

interface ListExclusionsInput extends PageInput<ExclusionKey> {
  readonly eventType?: string | undefined;
}

/** Marked incidents, newest first, including removed marks: they help explain a baseline. */
export async function listExclusions({
  ctx,
  input,
}: Call<ListExclusionsInput>): Promise<Page<VolumeExclusionJson, ExclusionKey>> {
  requireScope(ctx, "read");
  const { eventType, after, limit } = input;
  const fromAt = after && new Date(after.from);
  const rows = await ctx.database.prisma.volumeExclusion.findMany({
    include: withNames,
    where: {
      AND: [
        eventType === undefined ? {} : { OR: [{ eventTypeId: null }, { eventType: { name: eventType } }] },
        fromAt ? { OR: [{ fromAt: { lt: fromAt } }, { fromAt, id: { lt: after.id } }] } : {},
      ],
    },
    orderBy: [{ fromAt: "desc" }, { id: "desc" }],
    take: limit + 1,
  });
  const page = cutPage(rows, limit, (row) => ({ from: row.fromAt.toISOString(), id: row.id }));
  return { ...page, items: page.items.map(toExclusionJson) };
}
