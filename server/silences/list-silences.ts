import type { SilenceJson } from "#domain/api/silences.ts";
import { type Labels, matchesAll } from "#domain/routing.ts";
import { type Call, requireScope } from "#server/access/index.ts";
import type { Sql } from "#server/db/database.ts";
import { cutPage, type Page } from "#server/page.ts";
import { type SilenceRow, toSilence, toSilenceJson } from "./silence-row.ts";

export interface SilenceKey {
  readonly createdAt: string;
  readonly id: string;
}

/** Newest first; expired ones only on request. */
export async function listSilences({
  ctx,
  input,
}: Call<{ withExpired: boolean; incident?: string | undefined; after: SilenceKey | null; limit: number }>): Promise<
  Page<SilenceJson, SilenceKey>
> {
  requireScope(ctx, "read");
  const now = ctx.clock.now();
  const { withExpired, after, limit } = input;
  const createdAt = after && new Date(after.createdAt);
  const alerts = input.incident === undefined ? null : await loadLabelsOf(ctx.database.sql, input.incident);
  const rows = (await ctx.database.prisma.silence.findMany({
    where: {
      ...(!withExpired && { endsAt: { gt: now } }),
      ...(createdAt && { OR: [{ createdAt: { lt: createdAt } }, { createdAt, id: { lt: after.id } }] }),
    },
    orderBy: [{ createdAt: "desc" }, { id: "desc" }],
    // Matchers are not SQL: an incident's silences are found among all of them.
    ...(alerts === null && { take: limit + 1 }),
  })) as SilenceRow[];
  const concerns = (row: SilenceRow) => {
    const { matchers } = toSilence(row);
    return alerts === null || (matchers.length > 0 && alerts.some((labels) => matchesAll(matchers, labels)));
  };
  const page = cutPage(rows.filter(concerns), limit, ({ createdAt, id }) => ({
    createdAt: createdAt.toISOString(),
    id,
  }));
  return { ...page, items: page.items.map((row) => toSilenceJson(row, now)) };
}

async function loadLabelsOf(sql: Sql, incident: string): Promise<Labels[]> {
  const { rows } = await sql.query<{ labels: Labels }>("SELECT labels FROM alert WHERE incident_id::text = $1", [
    incident,
  ]);
  return rows.map(({ labels }) => labels);
}
