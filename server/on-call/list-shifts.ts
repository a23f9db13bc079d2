import type { OnCallShiftsJson } from "#domain/api/on-call.ts";
import { formatInstant, parseInstant } from "#domain/instant.ts";
import { maxShiftDays, shiftsBetween } from "#domain/on-call.ts";
import { type Call, requireScope } from "#server/access/index.ts";
import { Invalid } from "#server/errors.ts";
import { findSchedule } from "./find-schedule.ts";
import { toSchedule, toShiftJson } from "./schedule-row.ts";
import { loadOverrides } from "./stored-overrides.ts";

export interface ShiftsAsked {
  readonly name: string;
  /** Now, if left out. */
  readonly from?: string | undefined;
  /** Two weeks later, if left out. */
  readonly to?: string | undefined;
}

const dayMs = 86_400_000;

/** Who is on call from when to when, in a span of at most 92 days. */
export async function listShifts({ ctx, input }: Call<ShiftsAsked>): Promise<OnCallShiftsJson> {
  requireScope(ctx, "read");
  const from = readInstant("from", input.from) ?? ctx.clock.now();
  const to = readInstant("to", input.to) ?? new Date(from.getTime() + 14 * dayMs);
  if (to <= from || to.getTime() - from.getTime() > maxShiftDays * dayMs) {
    const detail = `must be after from, and at most ${maxShiftDays} days later`;
    throw new Invalid("The span cannot be laid out.", [{ parameter: "to", detail }]);
  }
  const row = await findSchedule(ctx.database, input.name);
  const overrides = (await loadOverrides(ctx.database, [row.name], from)).get(row.name) ?? [];
  const shifts = shiftsBetween(toSchedule(row), overrides, { from, to });
  return { name: row.name, from: formatInstant(from), to: formatInstant(to), items: shifts.map(toShiftJson) };
}

function readInstant(parameter: string, text: string | undefined): Date | null {
  if (text === undefined) return null;
  const instant = parseInstant(text);
  // A calendar before 1970 or after 9000 has no shifts that anyone needs, and its arithmetic would end.
  if (instant && instant.getUTCFullYear() >= 1970 && instant.getUTCFullYear() < 9000) return instant;
  const detail = "must be an instant like 2026-11-22T13:00:00Z, from 1970 to 8999";
  throw new Invalid("The span cannot be laid out.", [{ parameter, detail }]);
}
