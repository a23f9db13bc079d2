import { inhibitedBy, type Labels } from "#domain/routing.ts";
import { silencedBy } from "#domain/silence.ts";
import type { Sql } from "#server/db/database.ts";
import { loadMuteFacts } from "./load-mute-facts.ts";
import { loadTree } from "./load-tree.ts";

/** Why an alert is muted now; null: it is not. */
type MuteReason = (alert: { labels: Labels }) => "silenced" | "inhibited" | null;

/** For pages: an unreadable routing tree notifies no one and is reported elsewhere; here every alert then counts as unmuted. */
export async function findShownMuteReason(sql: Sql, now: Date): Promise<MuteReason> {
  return findMuteReason(sql, now).catch(() => () => null);
}

/** Throws if the routing tree cannot be read. */
export async function findMuteReason(tx: Sql, now: Date): Promise<MuteReason> {
  const { facts } = await loadMuteFacts(tx, await loadTree(tx), now);
  const { tree, silences, firing } = facts;
  return ({ labels }) => {
    if (silencedBy(labels, silences, now).length > 0) return "silenced";
    return inhibitedBy({ labels }, firing, tree.inhibitRules) ? "inhibited" : null;
  };
}
