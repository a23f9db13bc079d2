import { inhibitedBy, type Labels, matchesAll } from "#domain/routing.ts";
import { silencedBy } from "#domain/silence.ts";
import type { Sql } from "#server/db/database.ts";
import { loadSilences } from "./load-silences.ts";
import { loadTree } from "./load-tree.ts";

/** Returns a function: why an alert is muted now; null: it is not. */
export async function findMuteReason(
  tx: Sql,
  now: Date,
): Promise<(alert: { labels: Labels }) => "silenced" | "inhibited" | null> {
  const { inhibitRules } = await loadTree(tx);
  const silences = await loadSilences(tx, now);
  const firing = await tx.query<{ labels: Labels }>("SELECT labels FROM alert WHERE state IN ('firing', 'recovering')");
  // Scanned for every alert, so alerts that inhibit nothing are left out.
  const sources = firing.rows.filter(({ labels }) =>
    inhibitRules.some(({ sourceMatchers }) => matchesAll(sourceMatchers, labels)),
  );
  return ({ labels }) => {
    if (silencedBy(labels, silences, now).length > 0) return "silenced";
    return inhibitedBy({ labels }, sources, inhibitRules) ? "inhibited" : null;
  };
}
