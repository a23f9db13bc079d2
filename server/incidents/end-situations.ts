import type { Clock } from "#domain/clock.ts";
import { nextSituation, readSituation } from "#domain/situation.ts";
import type { Sql } from "#server/db/database.ts";
import { hourKeys, type JudgedHour } from "#server/verdicts/index.ts";
import type { IncidentListener } from "./listener.ts";
import { observeIncidents } from "./observe-incidents.ts";
import { writeSituation } from "./write-situation.ts";

interface EndArgs {
  clock: Clock;
  listener: IncidentListener;
}

/**
 * Says of resolved incidents that they are over, or what was amended since. Runs in the transaction that resolves them, or
 * holds their rows, so that what is sent of the end says the same.
 */
export async function endSituations(tx: Sql, ids: readonly bigint[], { clock, listener }: EndArgs): Promise<void> {
  const now = clock.now();
  for (const { id, said, revision, seen } of await observeIncidents(tx, ids, { clock, listener })) {
    if (said === null || seen.resolved === null) continue;
    const before = readSituation(said);
    const next = nextSituation(before, { ...seen, diagnosis: null, deployed: before.deployed }, now);
    const isInTimeline = before.phase !== "over";
    if (next) await writeSituation(tx, { incidentId: id, revision, ...next, isInTimeline }, now);
  }
}

/** The same for ended incidents with amended hours. */
export async function amendSituations(tx: Sql, args: EndArgs): Promise<void> {
  const { rows } = await tx.query<{ id: bigint }>("DELETE FROM incident_amendment RETURNING incident_id AS id");
  if (rows.length === 0) return;
  // In the order in which evaluators lock them.
  const held = await tx.query<{ id: bigint }>(
    "SELECT id FROM incident WHERE id = ANY ($1) AND state = 'resolved' ORDER BY cause_key FOR UPDATE",
    [rows.map(({ id }) => id)],
  );
  const ids = held.rows.map(({ id }) => id);
  await endSituations(tx, ids, args);
}

/** Runs in the judge's transaction: incidents that ended before an hour was final, or amended, are looked at once more. */
export async function markAmendedIncidents(tx: Sql, judged: readonly JudgedHour[]): Promise<void> {
  const amended = judged.filter((hour) => hour.settled && hour.isNewRevision);
  if (amended.length === 0) return;
  await tx.query(
    `INSERT INTO incident_amendment (incident_id)
     SELECT DISTINCT h.incident_id FROM incident_hour h
       JOIN ${hourKeys.from("n")} ON n.event_type_id = h.event_type_id AND n.hour = h.hour`,
    hourKeys.values(amended),
  );
}
