import { nextSituation, readSituation } from "#domain/situation.ts";
import type { Context } from "#server/access/index.ts";
import type { Sql } from "#server/db/database.ts";
import { diagnoseIncident } from "#server/explain/index.ts";
import { addDelayedHours } from "./add-delayed-hours.ts";
import { amendSituations } from "./end-situations.ts";
import type { IncidentListener } from "./listener.ts";
import { loadDeployed } from "./load-deployed.ts";
import { type ObservedIncident, observeIncidents } from "./observe-incidents.ts";
import { writeSituation } from "./write-situation.ts";

/** How often an open incident is looked at while nothing happens to it. In the product's time. */
const lookEveryMs = 10_000;
/** Per call; the others come next. */
const mostIncidents = 50;

/**
 * Brings the situations of open incidents up to date: at once after something happened to one, else every ten seconds.
 * Reads outside any transaction, since it reads much, and writes each in one of its own. Then those of ended incidents whose
 * hours were amended. One that fails steps back and is looked at again ten seconds later; its error is thrown after the others.
 */
export async function updateSituations({ ctx, listener }: { ctx: Context; listener: IncidentListener }): Promise<void> {
  const { clock, database } = ctx;
  const now = clock.now();
  const errors: unknown[] = [];
  for (const incident of await observeIncidents(database.sql, await findDue(database.sql, now), { clock, listener })) {
    try {
      await update(ctx, incident, { listener, now });
    } catch (error) {
      errors.push(error);
      await stepBack(database.sql, incident.id, now);
    }
  }
  await database.transaction((tx) => amendSituations(tx, { clock, listener }));
  if (errors.length > 0) throw errors[0];
}

async function update(
  ctx: Context,
  { id, said, revision, seen }: ObservedIncident,
  { listener, now }: { listener: IncidentListener; now: Date },
): Promise<void> {
  const { sql } = ctx.database;
  // It was resolved meanwhile, and says so itself; or it is being opened.
  if (said === null || seen.resolved) return;
  const before = readSituation(said);
  const { causeKey, openedAt } = seen;
  const diagnosis = await diagnoseIncident(sql, { id, causeKey, openedAt }, before, now);
  const added = await addDelayedHours(sql, id, diagnosis.delayed ?? [], now);
  // What is said of its hours is what its list has.
  const [again] = added > 0 ? await observeIncidents(sql, [id], { clock: ctx.clock, listener }) : [];
  const observed = again?.seen ?? seen;
  if (observed.resolved) return;
  const deployed = await loadDeployed(sql, diagnosis.onset, observed.extent.datacenters);
  const next = nextSituation(before, { ...observed, diagnosis, deployed }, now);
  if (next) await ctx.database.transaction((tx) => writeSituation(tx, { incidentId: id, revision, ...next }, now));
}

async function findDue(sql: Sql, now: Date): Promise<bigint[]> {
  const { rows } = await sql.query<{ id: bigint }>(
    `SELECT i.id FROM incident i
      WHERE i.state <> 'resolved'
        AND (i.situation_at IS NULL OR i.situation_at <= $1 OR i.situation_at < (
              SELECT e.at FROM incident_event e WHERE e.incident_id = i.id ORDER BY e.id DESC LIMIT 1))
      ORDER BY i.situation_at NULLS FIRST, i.id LIMIT $2`,
    [new Date(now.getTime() - lookEveryMs), mostIncidents],
  );
  return rows.map(({ id }) => id);
}

async function stepBack(sql: Sql, id: bigint, now: Date): Promise<void> {
  await sql.query("UPDATE incident SET situation_at = $2 WHERE id = $1", [id, now]);
}
