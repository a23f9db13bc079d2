import type { SloSnapshotJson } from "#domain/api/slo.ts";
import { type Call, type Context, requireAnyScope } from "#server/access/index.ts";
import { recordAct } from "#server/audit/index.ts";
import type { InputJson } from "#server/db/database.ts";
import { Invalid } from "#server/errors.ts";
import { specTag } from "#server/precondition.ts";
import { readReport } from "./read-report.ts";
import { readSnapshot } from "./read-snapshot.ts";
import { readMonth, type SloFilter } from "./slo-input.ts";

/** Keeps a month's report as it is now, under a link. The same report has the same link. */
export async function createSnapshot({ ctx, input }: Call<{ month: string } & SloFilter>): Promise<SloSnapshotJson> {
  requireAnyScope(ctx, "respond", "write");
  const now = ctx.clock.now();
  const month = readMonth(input.month, now);
  // Who may act on service levels may keep what they show, whatever else the token may not read.
  const report = await readReport({ ctx: reading(ctx), input });
  if (report.period.to > now.toISOString().slice(0, 10)) {
    const detail = `${input.month} has not ended. Share a month that has.`;
    throw new Invalid(detail, [{ pointer: "/month", detail }]);
  }
  if (report.pendingDays > 0) {
    const detail = `${report.pendingDays} days are not added up yet. Share the month again in a few seconds.`;
    throw new Invalid(detail, [{ pointer: "/month", detail }]);
  }
  // When it was read, and what the page's form offers, make no other report.
  const { asOf: _, choices: __, ...figures } = report;
  const id = specTag(figures);
  const data = { id, month, report: report as unknown as InputJson, createdAt: now, createdBy: ctx.actor };
  await ctx.database.transaction(async (tx) => {
    // The same report again keeps its first author and time.
    const { count } = await tx.prisma.sloSnapshot.createMany({ data, skipDuplicates: true });
    if (count === 0) return;
    await recordAct(tx, ctx, { act: "slo_snapshot.created", name: id, after: { month: input.month } });
  });
  return (await readSnapshot({ ctx: reading(ctx), input: { id } })).snapshot;
}

function reading(ctx: Context): Context {
  return { ...ctx, scopes: new Set([...ctx.scopes, "read"]) };
}
