import type { Sql } from "#server/db/database.ts";
import type { OnCall } from "#server/on-call/index.ts";
import { addIncidentEvent } from "./add-incident-event.ts";

/** The channels of a receiver or an escalation step, and of whoever is on call; each once. */
export function channelsOf({ channels }: { channels: readonly string[] }, onCall: readonly OnCall[]): string[] {
  return [...new Set([...channels, ...onCall.flatMap((each) => each.channels)])];
}

/** "Ada Lind (on call in data-platform)". */
export function onCallWords({ schedule, person }: OnCall): string {
  return person === null ? `everyone in ${schedule}, where no one is on call` : `${person} (on call in ${schedule})`;
}

/** Records who an incident's page went to, once for each person. */
export async function recordOnCall(
  tx: Sql,
  { incidentIds, onCall, at }: { incidentIds: readonly bigint[]; onCall: readonly OnCall[]; at: Date },
): Promise<void> {
  for (const incidentId of incidentIds)
    for (const each of onCall) {
      const detail = { schedule: each.schedule, person: each.person };
      const { rowCount } = await tx.query(
        "SELECT FROM incident_event WHERE incident_id = $1 AND kind = 'on_call' AND detail = $2::jsonb LIMIT 1",
        [incidentId, JSON.stringify(detail)],
      );
      if (rowCount !== 0) continue;
      await addIncidentEvent(tx, {
        incidentId,
        at,
        kind: "on_call",
        message: `Notifying ${onCallWords(each)}`,
        detail,
      });
    }
}
