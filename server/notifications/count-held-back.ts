import type { FlushDecision } from "#domain/routing.ts";
import type { Sql } from "#server/db/database.ts";
import { addCounts, type Suppression } from "#server/outbox/index.ts";
import type { NotableAlert } from "./load-routed-alerts.ts";

/** Counts the alerts that a decision on their group holds back, for each kind of channel that would have been sent them. */
export async function countHeldBack(tx: Sql, decision: FlushDecision<NotableAlert>): Promise<void> {
  const held = heldBack(decision);
  if (held.size === 0) return;
  const kinds = await loadKinds(tx, decision.receiver?.channels ?? []);
  const counts = kinds.flatMap((channelKind) => [...held].map(([outcome, total]) => ({ channelKind, outcome, total })));
  await addCounts(tx, counts);
}

function heldBack({ reason, firing, held }: FlushDecision<NotableAlert>): Map<Suppression, number> {
  const counts = new Map<Suppression, number>();
  const add = (why: Suppression, count: number) => {
    if (count > 0) counts.set(why, (counts.get(why) ?? 0) + count);
  };
  if (reason === "muted") add("time", firing.length);
  if (reason === "nothing-new") add("unchanged", firing.length);
  for (const by of ["silence", "inhibition"] as const) {
    add(by, held.filter((each) => each.alert.firing && each.by === by).length);
  }
  return counts;
}

async function loadKinds(tx: Sql, channels: readonly string[]): Promise<string[]> {
  const { rows } = await tx.query<{ kind: string }>(
    "SELECT DISTINCT spec->>'type' AS kind FROM channel WHERE name = ANY ($1) ORDER BY 1",
    [channels],
  );
  return rows.length > 0 ? rows.map(({ kind }) => kind) : ["none"];
}
