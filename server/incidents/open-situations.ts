import type { Clock } from "#domain/clock.ts";
import { likelyCauseOf, openingSituation } from "#domain/situation.ts";
import type { Sql } from "#server/db/database.ts";
import type { IncidentListener } from "./listener.ts";
import { loadDeployed } from "./load-deployed.ts";
import { observeIncidents } from "./observe-incidents.ts";
import type { IncidentToOpen } from "./open-incidents.ts";
import { writeSituation } from "./write-situation.ts";

/**
 * The first situations, by what the alerts alone show, in the transaction that opens the incidents: their first
 * notifications read them.
 */
export async function openSituations(
  tx: Sql,
  opened: ReadonlyMap<bigint, Pick<IncidentToOpen, "cause" | "since">>,
  { clock, listener }: { clock: Clock; listener: IncidentListener },
): Promise<void> {
  const now = clock.now();
  for (const { id, revision, seen } of await observeIncidents(tx, [...opened.keys()], { clock, listener })) {
    const alert = opened.get(id);
    if (!alert) continue;
    const onset = { at: alert.since, source: "alert" as const };
    const diagnosis = { cause: likelyCauseOf(alert.cause, now), onset, recovery: null };
    const deployed = await loadDeployed(tx, onset, seen.extent.datacenters);
    const situation = openingSituation({ ...seen, diagnosis, deployed }, now);
    const first = { incidentId: id, revision, situation, reason: "Opened.", isInTimeline: true };
    await writeSituation(tx, first, now);
  }
}
