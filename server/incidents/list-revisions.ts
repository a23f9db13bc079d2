import { showContacts } from "#domain/access/addresses.ts";
import type { IncidentRevisionJson } from "#domain/api/situation.ts";
import { formatInstant } from "#domain/instant.ts";
import { withoutToday } from "#domain/moment.ts";
import { asReadAt } from "#domain/situation.ts";
import { type Call, requireScope } from "#server/access/index.ts";
import { cutPage, type Page } from "#server/page.ts";
import { readIncidentId, unknownIncident } from "./find-incident.ts";

export interface ListIncidentRevisionsInput {
  id: string;
  /** Only smaller numbers: the next page. */
  before: number | null;
  limit: number;
}

type Row = Omit<IncidentRevisionJson, "at"> & { at: Date };

/** What was said of an incident and why it changed, the newest first. */
export async function listIncidentRevisions({
  ctx,
  input,
}: Call<ListIncidentRevisionsInput>): Promise<Page<IncidentRevisionJson, number>> {
  requireScope(ctx, "read");
  const id = readIncidentId(input.id);
  const { sql } = ctx.database;
  const now = ctx.clock.now();
  const known = await sql.query("SELECT FROM incident WHERE id = $1", [id]);
  if (known.rowCount === 0) throw unknownIncident(input.id);
  const { rows } = await sql.query<Row>(
    `SELECT revision, at, reason, situation FROM incident_situation
      WHERE incident_id = $1 AND ($2::int IS NULL OR revision < $2) ORDER BY revision DESC LIMIT $3`,
    [id, input.before, input.limit + 1],
  );
  const items = rows.map(({ at, reason, situation, ...row }) => ({
    ...row,
    at: formatInstant(at),
    reason: withoutToday(reason, now),
    situation: showContacts(ctx, asReadAt(situation, now)),
  }));
  return cutPage(items, input.limit, ({ revision }) => revision);
}
