import type { SloItemJson, SloSnapshotJson } from "#domain/api/slo.ts";
import type { SloReport } from "#domain/api/slo-report.ts";
import { formatInstant } from "#domain/instant.ts";
import { formatMonth, measures } from "#domain/slo.ts";
import { type Call, requireScope } from "#server/access/index.ts";
import { NotFound } from "#server/errors.ts";
import { listRestatements } from "./list-restatements.ts";
import { readAttainment } from "./read-attainment.ts";

const restatementsShown = 50;

/** A shared report as it was reported, and what has changed of its month since. */
export async function readSnapshot({
  ctx,
  input: { id },
}: Call<{ id: string }>): Promise<{ snapshot: SloSnapshotJson; report: SloReport }> {
  requireScope(ctx, "read");
  const stored = await ctx.database.prisma.sloSnapshot.findUnique({ where: { id } });
  if (!stored) throw new NotFound(`Report "${id}" does not exist. Copy its whole link.`);
  const report = stored.report as unknown as SloReport;
  const scope = { ...report.filter, month: formatMonth(stored.month) };
  const [now, restatements] = await Promise.all([
    readAttainment({ ctx, input: scope }),
    listRestatements({ ctx, input: { ...scope, limit: restatementsShown, after: null } }),
  ]);
  const createdAt = formatInstant(stored.createdAt);
  const snapshot = {
    id,
    month: scope.month,
    createdAt,
    createdBy: stored.createdBy,
    path: `/service-levels/reported/${id}`,
    total: report.total,
    tiers: report.tiers,
    changed: changedOf(
      [report.total, ...report.tiers],
      [now.total, ...now.items.filter((item) => item.scope === "tier")],
    ),
    restatements: restatements.items.filter(({ restatedAt }) => restatedAt > createdAt),
  };
  return { snapshot, report };
}

function changedOf(reported: readonly SloItemJson[], now: readonly SloItemJson[]): SloSnapshotJson["changed"] {
  return reported.flatMap((was) => {
    const is = now.find(({ scope, name }) => scope === was.scope && name === was.name);
    return measures.flatMap((measure) => {
      const [before, after] = [was, is].map((item) => ({
        attainment: item?.[measure][item[measure].basis].attainment ?? null,
        status: item?.[measure].status ?? ("no_data" as const),
      }));
      if (!before || !after || JSON.stringify(before) === JSON.stringify(after)) return [];
      return [{ name: was.name, measure, reported: before, now: after }];
    });
  });
}
