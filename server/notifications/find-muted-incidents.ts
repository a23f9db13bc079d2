import type { Clock } from "#domain/clock.ts";
import { whyMuted } from "#domain/notification/why-muted.ts";
import type { Muted } from "#domain/situation.ts";
import type { Sql } from "#server/db/database.ts";
import { loadMuteFacts } from "./load-mute-facts.ts";
import { loadTree } from "./load-tree.ts";

/** Of these incidents those of whose firing alerts none is notified at the moment, and why. */
export async function findMutedIncidents(
  sql: Sql,
  { clock, incidentIds }: { clock: Clock; incidentIds: readonly bigint[] },
): Promise<ReadonlyMap<bigint, Muted>> {
  const now = clock.now();
  const snoozed = await findSnoozed(sql, incidentIds, now);
  // An unreadable tree notifies no one and is reported elsewhere: it mutes nothing here.
  const tree = await loadTree(sql).catch(() => null);
  if (tree === null) return snoozed;
  const { facts, firing } = await loadMuteFacts(sql, tree, now);
  const byIncident = Map.groupBy(firing, ({ incidentId }) => incidentId);
  return new Map(
    incidentIds.flatMap((id) => {
      // A person snoozed it: whatever else keeps it quiet comes second.
      const muted = snoozed.get(id) ?? whyMuted(byIncident.get(id) ?? [], facts);
      return muted ? [[id, muted] as const] : [];
    }),
  );
}

async function findSnoozed(sql: Sql, ids: readonly bigint[], now: Date): Promise<Map<bigint, Muted>> {
  const { rows } = await sql.query<{ id: bigint; until: Date }>(
    `SELECT id, snoozed_until AS until FROM incident WHERE id = ANY ($1) AND snoozed_until > $2 AND state <> 'resolved'`,
    [ids, now],
  );
  return new Map(rows.map(({ id, until }) => [id, { reason: "snoozed", until }]));
}
