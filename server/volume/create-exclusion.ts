import { randomUUID } from "node:crypto";
import type { VolumeExclusionJson } from "#domain/api/volume.ts";
import { type Call, requireLimits, requireScope } from "#server/access/index.ts";
import { recordAct } from "#server/audit/index.ts";
import { Invalid } from "#server/errors.ts";
import { toExclusionJson, withNames } from "./exclusion-json.ts";

export interface ExclusionInput {
  eventType: string | null;
  datacenter: string | null;
  from: Date;
  to: Date;
  reason: string;
}

/** Marks an incident: every baseline, past and future, ignores its counts. */
export async function createExclusion({ ctx, input }: Call<ExclusionInput>): Promise<VolumeExclusionJson> {
  requireScope(ctx, "write");
  requireLimits(ctx, { eventType: input.eventType, datacenter: input.datacenter });
  if (input.from >= input.to) {
    const detail = `must be after from, which is ${input.from.toISOString()}`;
    throw new Invalid("The time that is marked has no length.", [{ pointer: "/to", detail }]);
  }
  const { prisma } = ctx.database;
  const { eventType, datacenter, from: fromAt, to: toAt, reason } = input;
  const type = eventType === null ? null : await prisma.eventType.findUnique({ where: { name: eventType } });
  const place = datacenter === null ? null : await prisma.datacenter.findUnique({ where: { name: datacenter } });
  if (eventType !== null && !type) throw unknown("event type", eventType, "/eventType");
  if (datacenter !== null && !place) throw unknown("datacenter", datacenter, "/datacenter");
  const [eventTypeId, datacenterId] = [type?.id ?? null, place?.id ?? null];
  const made = { id: randomUUID(), createdAt: ctx.clock.now(), createdBy: ctx.actor };
  const data = { ...made, eventTypeId, datacenterId, fromAt, toAt, reason };
  const after = { eventType, datacenter, from: fromAt, to: toAt };
  return ctx.database.transaction(async (tx) => {
    await tx.prisma.volumeExclusion.create({ data });
    await recordAct(tx, ctx, { act: "volume_exclusion.created", name: made.id, after, reason });
    return toExclusionJson(
      await tx.prisma.volumeExclusion.findUniqueOrThrow({ where: { id: made.id }, include: withNames }),
    );
  });
}

function unknown(what: string, name: string, pointer: string): Invalid {
  const detail = `names no ${what}: "${name}". Names are case-sensitive; leave it out to mark every ${what}.`;
  return new Invalid(`${what === "datacenter" ? "Datacenter" : "Event type"} "${name}" does not exist.`, [
    { pointer, detail },
  ]);
}
