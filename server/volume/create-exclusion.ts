import { randomUUID } from "node:crypto";
import type { VolumeExclusionJson } from "#domain/api/volume.ts";
import { type Context, requireLimits, requireScope } from "#server/access/index.ts";
import type { Sql } from "#server/db/database.ts";
import { Invalid } from "#server/errors.ts";
import { toExclusionJson } from "./exclusion-json.ts";

export interface ExclusionInput {
  eventType: string | null;
  datacenter: string | null;
  from: Date;
  to: Date;
  reason: string;
}

/** Marks an incident: every baseline, past and future, ignores its counts. */
export async function createExclusion({
  ctx,
  input,
}: {
  ctx: Context;
  input: ExclusionInput;
}): Promise<VolumeExclusionJson> {
  requireScope(ctx, "write");
  requireLimits(ctx, { eventType: input.eventType, datacenter: input.datacenter });
  if (input.from >= input.to) {
    const detail = `must be after from, which is ${input.from.toISOString()}`;
    throw new Invalid("The time that is marked has no length.", [{ pointer: "/to", detail }]);
  }
  const { sql } = ctx.database;
  const eventTypeId = await idOf(sql, "event_type", input.eventType, "/eventType");
  const datacenterId = await idOf(sql, "datacenter", input.datacenter, "/datacenter");
  const row = { id: randomUUID(), ...input, createdAt: ctx.clock.now(), createdBy: ctx.actor };
  await sql.query(
    `INSERT INTO volume_exclusion (id, event_type_id, datacenter_id, from_at, to_at, reason, created_at, created_by)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`,
    [row.id, eventTypeId, datacenterId, row.from, row.to, row.reason, row.createdAt, row.createdBy],
  );
  return toExclusionJson({ ...row, removedAt: null, removedBy: null, removedBecause: null });
}

async function idOf(
  sql: Sql,
  table: "event_type" | "datacenter",
  name: string | null,
  pointer: string,
): Promise<number | null> {
  if (name === null) return null;
  const { rows } = await sql.query<{ id: number }>(`SELECT id FROM ${table} WHERE name = $1`, [name]);
  if (rows[0]) return rows[0].id;
  const what = table === "event_type" ? "event type" : "datacenter";
  const detail = `names no ${what}: "${name}". Names are case-sensitive; leave it out to mark every ${what}.`;
  throw new Invalid(`There is no ${what} "${name}".`, [{ pointer, detail }]);
}
