import type { SituationJson } from "#domain/api/situation.ts";
import { nextSituation, readSituation } from "#domain/situation.ts";
import type { Context } from "#server/access/index.ts";
import type { Sql } from "#server/db/database.ts";
import { diagnoseIncident } from "#server/explain/index.ts";
import { amendSituations } from "./end-situations.ts";
import type { IncidentListener } from "./listener.ts";
import { loadDeployed } from "./load-deployed.ts";
import { observeIncidents } from "./observe-incidents.ts";
import { writeSituation } from "./write-situation.ts";

/** How often an open incident is looked at while nothing happens to it. In the product's time. */
const lookEveryMs = 10_000;
/** Per call; the others come next. */
const mostIncidents = 50;

interface DueIncident {
  id: bigint;
  causeKey: string;
  openedAt: Date;
  situation: SituationJson;
  revision: number;
}

/**
 * Brings the situations of open incidents up to date: at once after something happened to one, else every ten seconds.
 * Reads outside any transaction, since it reads much, and writes each in one of its own. Then those of ended incidents whose
 * hours were amended. One that fails steps back and is looked at again ten seconds later; its error is thrown after the others.
 */
export async function updateSituations({ ctx, listener }: { ctx: Context; listener: IncidentListener }): Promise<void> {
  const now = ctx.clock.now();
  const errors: unknown[] = [];
  for (const incident of await findDue(ctx.database.sql, now)) {
    try {
      await update(ctx, listener, incident, now);
    } catch (error) {
      errors.push(error);
      await stepBack(ctx.database.sql, incident.id, now);
    }
  }
  await ctx.database.transaction((tx) => amendSituations(tx, { clock: ctx.clock, listener }));
  if (errors.length > 0) throw errors[0];
}

async function update(ctx: Context, listener: IncidentListener, incident: DueIncident, now: Date): Promise<void> {
  const { sql } = ctx.database;
  const { id, revision } = incident;
  const before = readSituation(incident.situation);
  const diagnosis = await diagnoseIncident(sql, incident, before, now);
  const [observed] = await observeIncidents(sql, [id], { clock: ctx.clock, listener });
  // It was resolved meanwhile, and says so itself.
  if (!observed || observed.seen.resolved) return;
  const deployed = await loadDeployed(sql, diagnosis.onset, observed.seen.extent.datacenters);
  const next = nextSituation(before, { ...observed.seen, diagnosis, deployed }, now);
  if (next) await ctx.database.transaction((tx) => writeSituation(tx, { incidentId: id, revision, ...next }, now));
}

async function findDue(sql: Sql, now: Date): Promise<DueIncident[]> {
  const { rows } = await sql.query<DueIncident>(
    `SELECT i.id, i.cause_key AS "causeKey", i.opened_at AS "openedAt", i.situation,
            i.situation_revision AS revision
       FROM incident i
      WHERE i.state <> 'resolved'
        AND (i.situation_at IS NULL OR i.situation_at <= $1 OR i.situation_at < (
              SELECT e.at FROM incident_event e WHERE e.incident_id = i.id ORDER BY e.id DESC LIMIT 1))
      ORDER BY i.situation_at NULLS FIRST, i.id LIMIT $2`,
    [new Date(now.getTime() - lookEveryMs), mostIncidents],
  );
  return rows;
}

async function stepBack(sql: Sql, id: bigint, now: Date): Promise<void> {
  await sql.query("UPDATE incident SET situation_at = $2 WHERE id = $1", [id, now]);
}
