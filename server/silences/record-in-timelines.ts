import { matchesAll } from "#domain/routing.ts";
import type { Silence } from "#domain/silence.ts";
import type { Sql } from "#server/db/database.ts";
import { equalLabels, loadFiring } from "./load-fired-alerts.ts";

interface Act {
  silence: Silence;
  kind: "silenced" | "silence_extended" | "silence_ended";
  actor: string;
  message: string;
  at: Date;
}

/** Adds an act on a silence to the timeline of each open incident that it concerns; open screens are notified on commit. */
export async function recordInTimelines(tx: Sql, { silence, kind, actor, message, at }: Act): Promise<void> {
  if (silence.matchers.length === 0) return;
  const firing = await loadFiring(tx, equalLabels(silence.matchers));
  const incidents = new Set(
    firing.flatMap(({ labels, incidentId }) =>
      incidentId !== null && matchesAll(silence.matchers, labels) ? [incidentId] : [],
    ),
  );
  if (incidents.size === 0) return;
  await tx.query(
    `INSERT INTO incident_event (incident_id, at, kind, actor, message, detail)
     SELECT id, $2, $3, $4, $5, jsonb_build_object('silence', $6::text)
       FROM incident WHERE id = ANY ($1::bigint[]) AND state <> 'resolved' ORDER BY id`,
    [[...incidents], at, kind, actor, message, silence.id],
  );
  await tx.query("SELECT pg_notify('tidemark_alert', '')");
}
