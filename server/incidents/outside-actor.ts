import { pagerdutyKey } from "#domain/notification/pagerduty-key.ts";
import { clipText } from "#domain/notification.ts";
import type { Sql } from "#server/db/database.ts";

/** What an act at another service came to. */
export interface TakenEvent {
  outcome: "acknowledged" | "ignored";
  detail: string;
}

export function ignored(why: string): TakenEvent {
  return { outcome: "ignored", detail: `Nothing changed: ${why}.` };
}

/** The name of a service's user, cleaned for a timeline and a message. */
export function outsideActor(name: string | undefined, service: "PagerDuty" | "Slack"): string {
  const shown = clipText((name ?? "").replace(/\p{C}/gu, " ").trim(), 100);
  return shown === "" ? service : `${shown} (${service})`;
}

/** The incident whose message had this key, if one of these channels sent it. */
export async function findNotified(
  sql: Sql,
  channels: readonly string[],
  key: string,
): Promise<{ id: bigint; state: string } | null> {
  const id = /^tidemark:(\d{1,18}):/.exec(key)?.[1];
  if (id === undefined) return null;
  const { rows } = await sql.query<{ id: bigint; state: string; threadKey: string }>(
    `SELECT DISTINCT incident.id, incident.state, thread_key AS "threadKey"
       FROM delivery JOIN incident ON incident.id = delivery.incident_id
      WHERE delivery.receiver = ANY ($1) AND incident.id = $2`,
    [channels, id],
  );
  return rows.find(({ threadKey }) => pagerdutyKey(threadKey) === key) ?? null;
}
