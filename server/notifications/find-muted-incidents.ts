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
  // An unreadable tree notifies no one and is reported elsewhere: it mutes nothing here.
  const tree = await loadTree(sql).catch(() => null);
  if (tree === null) return new Map();
  const { facts, firing } = await loadMuteFacts(sql, tree, clock.now());
  const byIncident = Map.groupBy(firing, ({ incidentId }) => incidentId);
  return new Map(
    incidentIds.flatMap((id) => {
      const muted = whyMuted(byIncident.get(id) ?? [], facts);
      return muted ? [[id, muted] as const] : [];
    }),
  );
}
