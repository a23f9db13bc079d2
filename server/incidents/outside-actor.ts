import type { Origin } from "#domain/audit/origin.ts";
import type { Clock } from "#domain/clock.ts";
import { pagerdutyKey } from "#domain/notification/pagerduty-key.ts";
import { clipText } from "#domain/notification.ts";
import type { Database, Sql } from "#server/db/database.ts";
import { Conflict } from "#server/errors.ts";
import { acknowledgeIncident } from "./act-on-incident.ts";
import type { IncidentListener } from "./listener.ts";

/** What a signed request from another service needs. */
export interface OutsideDeps {
  database: Database;
  clock: Clock;
  listener: IncidentListener;
  /** Where the request came from. */
  from: Origin;
  /** The value of an environment variable named by a channel; null if unset. */
  readSecret(name: string): string | null;
}

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

/** Acknowledges in the name of a service's user. An incident that is not open stays as it is: requests are repeated, and come late. */
export async function acknowledgeFromOutside(
  { database, clock, listener, from }: OutsideDeps,
  { id, state }: { id: bigint; state: string },
  actor: string,
): Promise<TakenEvent> {
  if (state !== "open") return ignored(`incident ${id} is ${state} already`);
  const ctx = { database, clock, actor, from, scopes: new Set(["respond"] as const) };
  try {
    await acknowledgeIncident({ ctx, input: { id: String(id) }, listener });
  } catch (error) {
    // It was just resolved.
    if (error instanceof Conflict) return ignored(error.message);
    throw error;
  }
  return { outcome: "acknowledged", detail: `Incident ${id} is acknowledged.` };
}
