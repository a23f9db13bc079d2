import type { MuteFacts } from "#domain/notification/why-muted.ts";
import { type Labels, matchesAll, type RoutingTree } from "#domain/routing.ts";
import type { Sql } from "#server/db/database.ts";
import { loadSilences } from "./load-silences.ts";

export interface LoadedMutes {
  facts: MuteFacts;
  /** Every alert that fires, or did until recently. */
  firing: readonly { labels: Labels; incidentId: bigint | null }[];
}

/** What decides, with the routing tree, whether alerts are muted now. */
export async function loadMuteFacts(sql: Sql, tree: RoutingTree, now: Date): Promise<LoadedMutes> {
  const silences = await loadSilences(sql, now);
  const { rows: firing } = await sql.query<LoadedMutes["firing"][number]>(
    `SELECT labels, incident_id AS "incidentId" FROM alert WHERE state IN ('firing', 'recovering')`,
  );
  // Scanned for every alert, so alerts that inhibit nothing are left out.
  const sources = firing.filter(({ labels }) =>
    tree.inhibitRules.some(({ sourceMatchers }) => matchesAll(sourceMatchers, labels)),
  );
  return { facts: { tree, silences, firing: sources, now }, firing };
}
