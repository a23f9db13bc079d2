import { randomUUID } from "node:crypto";
import type { SloExcuseJson } from "#domain/api/slo.ts";
import { addHours } from "#domain/hour.ts";
import { type Call, requireAnyScope, requireLimits } from "#server/access/index.ts";
import type { Sql } from "#server/db/database.ts";
import { type Fault, Invalid } from "#server/errors.ts";
import { readHourInput } from "#server/verdicts/index.ts";
import { toExcuseJson } from "./list-excuses.ts";
import { markExcusedDays } from "./mark-excused-days.ts";

export interface ExcuseInput {
  /** Types by name, or one tier: exactly one. */
  readonly eventTypes?: readonly string[] | null | undefined;
  readonly tier?: string | null | undefined;
  readonly from: string;
  /** Excluded. */
  readonly to: string;
  readonly reason: string;
}

/** A quarter: excusing more calls for another objective. */
const mostHours = 92 * 24;

/** Takes hours out of the service levels, audited: who, when, why. In a frozen month this is a restatement. */
export async function excuseHours({ ctx, input }: Call<ExcuseInput>): Promise<SloExcuseJson> {
  requireAnyScope(ctx, "respond", "write");
  const from = readHourInput(input.from, "from");
  const to = readHourInput(input.to, "to");
  const reason = readReason(input.reason);
  if (from >= to) throw refused("/to", "to must be after from: it names the first hour that counts again.");
  if (to > addHours(from, mostHours)) throw refused("/to", `An excuse covers at most ${mostHours} hours.`);
  return ctx.database.transaction(async (tx) => {
    const types = await findTypes(tx, input);
    requireLimits(ctx, ...types.map(({ name }) => ({ eventType: name, datacenter: null })));
    const eventTypes = types.map(({ name }) => name);
    const { eventTypeIds, ...excuse } = await tx.prisma.sloExcuse.create({
      data: {
        id: randomUUID(),
        eventTypeIds: types.map(({ id }) => id),
        scope: input.tier ? `tier ${input.tier}` : eventTypes.join(", "),
        fromHour: from,
        toHour: to,
        reason,
        createdAt: ctx.clock.now(),
        createdBy: ctx.actor,
      },
    });
    await markExcusedDays(tx, { eventTypeIds, from, to, cause: "excuse", actor: ctx.actor, reason });
    return toExcuseJson({ ...excuse, eventTypes });
  });
}

export function readReason(text: string): string {
  const reason = text.trim();
  if (reason.length >= 3 && reason.length <= 1_000) return reason;
  throw refused("/reason", "A reason of 3 to 1,000 characters is required.");
}

async function findTypes(tx: Sql, { eventTypes, tier }: ExcuseInput): Promise<{ id: number; name: string }[]> {
  if (!eventTypes?.length === !tier) throw refused("", "Name event types or a tier, one of the two.");
  const { rows } = await tx.query<{ id: number; name: string }>(
    `SELECT id, name FROM event_type WHERE claimed_at IS NOT NULL AND (name = ANY ($1) OR tier = $2) ORDER BY name COLLATE "C"`,
    [eventTypes ?? [], tier ?? null],
  );
  if (tier && rows.length === 0) throw refused("/tier", `No claimed event type is of the tier "${tier}".`);
  const known = new Set(rows.map(({ name }) => name));
  const unknown = (eventTypes ?? []).flatMap((name, index): Fault[] =>
    known.has(name)
      ? []
      : [{ pointer: `/eventTypes/${index}`, detail: `Claimed event type "${name}" does not exist.` }],
  );
  if (unknown.length > 0)
    throw new Invalid("Nothing was excused. Fix the names below and resend the whole request.", unknown);
  return rows;
}

function refused(pointer: string, detail: string): Invalid {
  return new Invalid(detail, [{ pointer, detail }]);
}
