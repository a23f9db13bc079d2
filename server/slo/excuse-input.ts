import { addHours } from "#domain/hour.ts";
import { type Context, requireAnyScope, requireLimits } from "#server/access/index.ts";
import type { Sql } from "#server/db/database.ts";
import { type Fault, Invalid } from "#server/errors.ts";
import { readHourMember } from "#server/verdicts/index.ts";

export interface ExcuseInput {
  /** Types by name, or one tier: exactly one. */
  readonly eventTypes?: readonly string[] | null | undefined;
  readonly tier?: string | null | undefined;
  readonly from: string;
  /** Excluded. */
  readonly to: string;
  readonly reason: string;
}

export interface ExcuseDraft {
  readonly types: readonly { id: number; name: string }[];
  readonly from: Date;
  readonly to: Date;
}

/** A quarter: excusing more calls for another objective. */
const mostHours = 92 * 24;

/** Checks who asks and what for. */
export async function readExcuse(ctx: Context, sql: Sql, input: Omit<ExcuseInput, "reason">): Promise<ExcuseDraft> {
  requireAnyScope(ctx, "respond", "write");
  const from = readHourMember(input.from, "/from");
  const to = readHourMember(input.to, "/to");
  if (from >= to) throw refused("/to", "The end must be after the start: it names the first hour that counts again.");
  if (to > addHours(from, mostHours)) throw refused("/to", `An excuse covers at most ${mostHours} hours.`);
  const types = await findTypes(sql, input);
  requireLimits(ctx, ...types.map(({ name }) => ({ eventType: name, datacenter: null })));
  return { types, from, to };
}

export function readReason(text: string): string {
  const reason = text.trim();
  if (reason.length >= 3 && reason.length <= 1_000) return reason;
  throw refused("/reason", "A reason of 3 to 1,000 characters is required.");
}

async function findTypes(
  sql: Sql,
  { eventTypes, tier }: Pick<ExcuseInput, "eventTypes" | "tier">,
): Promise<{ id: number; name: string }[]> {
  if (!eventTypes?.length === !tier) throw refused("", "Name event types or a tier, one of the two.");
  const { rows } = await sql.query<{ id: number; name: string }>(
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

export function refused(pointer: string, detail: string): Invalid {
  return new Invalid(detail, [{ pointer, detail }]);
}
