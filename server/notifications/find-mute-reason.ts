import { inhibitedBy, type Labels } from "#domain/routing.ts";
import { silencedBy } from "#domain/silence.ts";
import type { Sql } from "#server/db/database.ts";
import { loadMuteFacts } from "./load-mute-facts.ts";
import { loadTree } from "./load-tree.ts";

/** Returns a function: why an alert is muted now; null: it is not. */
export async function findMuteReason(
  tx: Sql,
  now: Date,
): Promise<(alert: { labels: Labels }) => "silenced" | "inhibited" | null> {
  const { facts } = await loadMuteFacts(tx, await loadTree(tx), now);
  const { tree, silences, firing } = facts;
  return ({ labels }) => {
    if (silencedBy(labels, silences, now).length > 0) return "silenced";
    return inhibitedBy({ labels }, firing, tree.inhibitRules) ? "inhibited" : null;
  };
}
