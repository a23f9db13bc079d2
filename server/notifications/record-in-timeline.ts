import { type FlushDecision, notifiesSomeone } from "#domain/routing.ts";
import type { Sql } from "#server/db/database.ts";
import { addIncidentEvent } from "./add-incident-event.ts";
import type { NotableAlert } from "./load-routed-alerts.ts";

export interface StoredGroup {
  key: string;
  labels: Record<string, string>;
  createdAt: Date;
  flushedAt: Date | null;
  notifiedAt: Date | null;
  notifiedFiring: string[];
  notifiedResolved: string[];
  sequence: number;
}

export interface Flushed {
  group: Pick<StoredGroup, "key" | "flushedAt">;
  decision: FlushDecision<NotableAlert>;
  now: Date;
}

/** Records what was not sent, and why, at the group's first flush; sent messages are recorded on delivery. */
export async function recordInTimeline(tx: Sql, { group, decision, now }: Flushed): Promise<void> {
  const { receiver, held, firing } = decision;
  if (!receiver) return;
  if (decision.notify && !notifiesSomeone(receiver)) {
    const message = `Receiver ${receiver.name} has no channels: notifications are dropped. Add a channel or an on-call schedule to it in the routing tree.`;
    for (const incidentId of incidentsOf(firing)) {
      await addIncidentEvent(tx, { incidentId, at: now, kind: "not_notified", message, detail: { group: group.key } });
    }
  }
  if (group.flushedAt !== null) return;
  if (decision.reason === "muted") {
    for (const incidentId of incidentsOf(firing)) {
      await addIncidentEvent(tx, { incidentId, at: now, kind: "not_notified", message: decision.message });
    }
  }
  for (const incidentId of incidentsOf(held.map(({ alert }) => alert))) {
    const own = held.filter(({ alert }) => alert.incidentId === incidentId);
    const by = [...new Set(own.map((each) => (each.by === "silence" ? "silenced" : "inhibited")))].join(" or ");
    const message = `${receiver.name} is not notified of ${own.length === 1 ? "1 alert" : `${own.length} alerts`}: ${by}.`;
    const detail = { group: group.key, by: own.slice(0, 20).map(({ by: how, detail: what }) => ({ how, what })) };
    await addIncidentEvent(tx, { incidentId, at: now, kind: "not_notified", message, detail });
  }
}

function incidentsOf(alerts: readonly NotableAlert[]): bigint[] {
  return [...new Set(alerts.flatMap(({ incidentId }) => (incidentId === null ? [] : [incidentId])))];
}
