import type { RangeReadinessJson } from "#domain/api/ready.ts";
import { defaultTolerance } from "#domain/catalogue.ts";
import { type Call, requireScope } from "#server/access/index.ts";
import { findEventTypes } from "./find-event-types.ts";
import { readMinCompleteness } from "./gate-input.ts";
import { showRange } from "./range-answer.ts";
import { type RangeInput, readRangeInput } from "./range-input.ts";
import { readRange } from "./read-range.ts";

export interface ShowRangeInput extends RangeInput {
  minCompleteness?: string | undefined;
}

/** The readiness of each hour of some types, without waiting. */
export async function readRangeReadiness({ ctx, input }: Call<ShowRangeInput>): Promise<RangeReadinessJson> {
  requireScope(ctx, "read");
  const range = readRangeInput(input);
  const minCompleteness = readMinCompleteness(input.minCompleteness);
  const { sql } = ctx.database;
  const types = (await findEventTypes(sql, range.eventTypes)).map((type) => ({
    type,
    terms: { minCompleteness, maxDuplicated: type.maxDuplicated ?? defaultTolerance },
  }));
  const reading = await readRange(sql, { types, from: range.from, to: range.to, now: ctx.clock.now() });
  return showRange({ ctx, range, reading });
}
