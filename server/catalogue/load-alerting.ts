import { formatInstant } from "#domain/instant.ts";
import type { Sql } from "#server/db/database.ts";
import {
  type AlertingKind,
  type AlertingRow,
  alertingKey,
  type StoredAlerting,
  type WrittenDocument,
} from "./alerting-rows.ts";
import type { FieldValue } from "./changed-fields.ts";
import { loadOnCallChannels } from "./load-on-call-channels.ts";

/** Rows named by the documents, and every channel's, schedule's and tier's name. */
export async function loadAlerting(sql: Sql, documents: readonly WrittenDocument[]): Promise<StoredAlerting> {
  const named = (kind: AlertingKind) =>
    documents.flatMap(({ document }) => (document.kind === kind ? [document.metadata.name] : []));
  const scoped = (member: "eventType" | "datacenter") =>
    documents.flatMap(({ document }) => (document.kind === "AlertRule" ? (document.spec.scope[member] ?? []) : []));
  const rows: AlertingRow[] = [...(await loadSpecs(sql, named)), ...(await loadSilences(sql, named("Silence")))];
  return {
    rows: new Map(rows.map((row) => [alertingKey(row.kind, row.name), row])),
    channels: await loadChannels(sql),
    schedules: await loadNames(sql, "on_call_schedule"),
    onCallChannels: await loadOnCallChannels(sql),
    tiers: await loadNames(sql, "tier"),
    eventTypes: await loadNames(sql, "event_type", scoped("eventType")),
    datacenters: await loadNames(sql, "datacenter", scoped("datacenter")),
  };
}

async function loadSpecs(sql: Sql, named: (kind: AlertingKind) => string[]): Promise<AlertingRow[]> {
  const selects = specTables.map(
    ([kind, table], index) => `SELECT '${kind}' AS kind, name, spec FROM ${table} WHERE name = ANY ($${index + 1})`,
  );
  const names = specTables.map(([kind]) => named(kind));
  return sql.rows<AlertingRow>(selects.join(" UNION ALL "), names);
}

/** Kinds whose rows keep their spec as it was written. */
const specTables = [
  ["AlertRule", "alert_rule"],
  ["Channel", "channel"],
  ["RoutingTree", "routing_tree"],
  ["OnCallSchedule", "on_call_schedule"],
  ["DeploymentHook", "deployment_hook"],
  ["Source", "source"],
] as const satisfies [AlertingKind, string][];

async function loadSilences(sql: Sql, names: string[]): Promise<AlertingRow[]> {
  interface Row {
    name: string;
    matchers: FieldValue;
    startsAt: Date;
    endsAt: Date;
    recurrence: FieldValue;
    reason: string;
  }
  const { rows } = await sql.query<Row>(
    `SELECT name, matchers, starts_at AS "startsAt", ends_at AS "endsAt", recurrence, reason
       FROM silence WHERE name = ANY ($1)`,
    [names],
  );
  return rows.map(({ name, matchers, startsAt, endsAt, recurrence, reason }) => ({
    kind: "Silence",
    name,
    spec: {
      matchers,
      startsAt: formatInstant(startsAt),
      endsAt: formatInstant(endsAt),
      ...(recurrence === null ? {} : { recurrence }),
      reason,
    },
  }));
}

async function loadChannels(sql: Sql): Promise<Map<string, string>> {
  const { rows } = await sql.query<{ name: string; type: string }>(
    "SELECT name, spec->>'type' AS type FROM channel ORDER BY name",
  );
  return new Map(rows.map(({ name, type }) => [name, type]));
}

type NamedTable = "on_call_schedule" | "tier" | "event_type" | "datacenter";

/** The existing ones among the names; without names, all of them. */
async function loadNames(sql: Sql, table: NamedTable, names: string[] | null = null): Promise<Set<string>> {
  const { rows } = await sql.query<{ name: string }>(
    `SELECT name FROM ${table} WHERE $1::text[] IS NULL OR name = ANY ($1)`,
    [names],
  );
  return new Set(rows.map(({ name }) => name));
}
