import type { AlertToWrite } from "#server/alerts/index.ts";
import type { Sql } from "#server/db/database.ts";
import { type IncidentEvent, writeIncidentEvents } from "./write-incident-events.ts";

export interface RecordedChanges {
  now: Date;
  opened: readonly bigint[];
  /** Incident → number of hours added. */
  affected: ReadonlyMap<bigint, number>;
  changes: readonly { incidentId: bigint; alert: AlertToWrite; sentence: string }[];
}

const actor = "tidemark";
/** Further names in a line are only counted. */
const namedAlerts = 5;

/** One timeline line for everything that changed at once, however many alerts. */
export async function recordTransitions(tx: Sql, { now, opened, affected, changes }: RecordedChanges): Promise<void> {
  const events: IncidentEvent[] = [];
  const isOpened = new Set(opened);
  for (const [incidentId, members] of Map.groupBy(changes, (change) => change.incidentId)) {
    const firing = members.filter(({ alert }) => alert.next.state === "firing");
    const normal = members.filter(({ alert }) => alert.next.state === "normal");
    if (isOpened.has(incidentId)) {
      const message = firing[0]?.sentence || "Opened.";
      events.push({ incidentId, kind: "opened", actor, message, detail: detailOf(firing) });
    } else if (firing.length > 0) {
      const message = `${countAlerts(firing.length, "fires", "fire")}: ${names(firing)}.`;
      events.push({ incidentId, kind: "alerts_firing", actor, message, detail: detailOf(firing) });
    }
    if (normal.length > 0) {
      const message = `${countAlerts(normal.length, "is", "are")} back to normal: ${names(normal)}.`;
      events.push({ incidentId, kind: "alerts_normal", actor, message, detail: detailOf(normal) });
    }
  }
  for (const [incidentId, hours] of affected) {
    const message = hours === 1 ? "1 more hour affected." : `${hours} more hours affected.`;
    events.push({ incidentId, kind: "hours_affected", actor, message, detail: { hours } });
  }
  await writeIncidentEvents(tx, events, now);
}

function detailOf(members: RecordedChanges["changes"]): object {
  return { alerts: members.length, fingerprints: members.slice(0, 20).map(({ alert }) => alert.fingerprint) };
}

function countAlerts(count: number, one: string, many: string): string {
  return count === 1 ? `1 alert ${one}` : `${count} alerts ${many}`;
}

function names(members: RecordedChanges["changes"]): string {
  const all = members.map(({ alert }) => {
    const about = [alert.labels.eventType, alert.labels.datacenter].filter((each) => each !== undefined).join(" in ");
    return about === "" ? alert.rule : `${alert.rule} (${about})`;
  });
  const shown = all.slice(0, namedAlerts).join(", ");
  return all.length > namedAlerts ? `${shown} and ${all.length - namedAlerts} more` : shown;
}
