import type { SilenceJson } from "#domain/api/silences.ts";
import { type Labels, matchesAll } from "#domain/routing.ts";
import { type Call, requireScope } from "#server/access/index.ts";
import type { Sql } from "#server/db/database.ts";
import { type CreatedKey, createdBefore, createdKey, cutPage, type Page, type PageInput } from "#server/page.ts";
import { type SilenceRow, toSilence, toSilenceJson } from "./silence-row.ts";

interface ListSilencesInput extends PageInput<CreatedKey> {
  readonly withExpired: boolean;
  /** Those that match one of its alerts. */
  readonly incident?: string | undefined;
}

/** Newest first; expired ones only on request. */
export async function listSilences({
  ctx,
  input: { withExpired, incident, after, limit },
}: Call<ListSilencesInput>): Promise<Page<SilenceJson, CreatedKey>> {
  requireScope(ctx, "read");
  const now = ctx.clock.now();
  const alerts = incident === undefined ? null : await loadLabelsOf(ctx.database.sql, incident);
  const rows = (await ctx.database.prisma.silence.findMany({
    where: { ...(!withExpired && { endsAt: { gt: now } }), ...createdBefore(after) },
    orderBy: [{ createdAt: "desc" }, { id: "desc" }],
    // Matchers are not SQL: an incident's silences are found among all of them.
    ...(alerts === null && { take: limit + 1 }),
  })) as SilenceRow[];
  const concerns = (row: SilenceRow) => {
    const { matchers } = toSilence(row);
    return alerts === null || (matchers.length > 0 && alerts.some((labels) => matchesAll(matchers, labels)));
  };
  const page = cutPage(rows.filter(concerns), limit, createdKey);
  return { ...page, items: page.items.map((row) => toSilenceJson(row, now)) };
}

async function loadLabelsOf(sql: Sql, incident: string): Promise<Labels[]> {
  const { rows } = await sql.query<{ labels: Labels }>("SELECT labels FROM alert WHERE incident_id::text = $1", [
    incident,
  ]);
  return rows.map(({ labels }) => labels);
}
