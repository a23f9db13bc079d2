import type { Clock } from "#domain/clock.ts";
import { whyMuted } from "#domain/notification/why-muted.ts";
import { type Labels, matchesAll } from "#domain/routing.ts";
import type { Muted } from "#domain/situation.ts";
import type { Sql } from "#server/db/database.ts";
import { loadSilences } from "./load-silences.ts";
import { loadTree } from "./load-tree.ts";

/** Of these incidents those of whose firing alerts none is notified at the moment, and why. */
export async function findMutedIncidents(
  sql: Sql,
  { clock, incidentIds }: { clock: Clock; incidentIds: readonly bigint[] },
): Promise<ReadonlyMap<bigint, Muted>> {
  const now = clock.now();
  // An unreadable tree notifies no one and is reported elsewhere: it mutes nothing here.
  const tree = await loadTree(sql).catch(() => null);
  if (tree === null) return new Map();
  const { rows: firing } = await sql.query<{ labels: Labels; incidentId: bigint | null }>(
    `SELECT labels, incident_id AS "incidentId" FROM alert WHERE state IN ('firing', 'recovering')`,
  );
  // Scanned for every alert, so alerts that inhibit nothing are left out.
  const sources = firing.filter(({ labels }) =>
    tree.inhibitRules.some(({ sourceMatchers }) => matchesAll(sourceMatchers, labels)),
  );
  const facts = { tree, silences: await loadSilences(sql, now), firing: sources, now };
  return new Map(
    incidentIds.flatMap((id) => {
      const muted = whyMuted(
        firing.filter(({ incidentId }) => incidentId === id),
        facts,
      );
      return muted ? [[id, muted] as const] : [];
    }),
  );
}
