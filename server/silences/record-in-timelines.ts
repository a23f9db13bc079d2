import { matchesAll } from "#domain/routing.ts";
import type { Silence } from "#domain/silence.ts";
import type { Sql } from "#server/db/database.ts";
import { equalLabels, loadFiring } from "./load-fired-alerts.ts";

interface Act {
  /** The silence; where its matchers changed, as it was and as it is. */
  silences: readonly [Silence, ...Silence[]];
  kind: "silenced" | "silence_changed" | "silence_extended" | "silence_ended";
  actor: string;
  message: string;
  at: Date;
}

/** Adds an act on a silence to the timeline of each open incident that it concerns; open screens are notified on commit. */
export async function recordInTimelines(tx: Sql, { silences, kind, actor, message, at }: Act): Promise<void> {
  const incidents = new Set<string>();
  for (const { matchers } of silences.filter((silence) => silence.matchers.length > 0)) {
    for (const { labels, incidentId } of await loadFiring(tx, equalLabels(matchers)))
      if (incidentId !== null && matchesAll(matchers, labels)) incidents.add(incidentId);
  }
  if (incidents.size === 0) return;
  await tx.query(
    `INSERT INTO incident_event (incident_id, at, kind, actor, message, detail)
     SELECT id, $2, $3, $4, $5, jsonb_build_object('silence', $6::text)
       FROM incident WHERE id = ANY ($1::bigint[]) AND state <> 'resolved' ORDER BY id`,
    [[...incidents], at, kind, actor, message, silences[0].id],
  );
  await tx.query("SELECT pg_notify('tidemark_alert', '')");
}
