import type { SloDigestJson } from "#domain/api/slo-digest.ts";
import { writeDigest } from "#domain/slo/digest.ts";
import { addMonths, formatMonth, monthOf } from "#domain/slo.ts";
import type { Context } from "#server/access/index.ts";
import { readReport } from "./read-report.ts";
import type { SloFilter } from "./slo-input.ts";

export interface ReadDigestInput extends Pick<SloFilter, "tier" | "owner"> {
  /** `2026-10`; the last one that is over where nothing is said. */
  readonly month?: string | undefined;
  /** Who wants it now; nothing: nobody does, it is sent by itself. */
  readonly askedBy?: string | undefined;
}

/** A month's service levels as the mail tells them: the report of the managers' page, in words. */
export async function readDigest({ ctx, input }: { ctx: Context; input: ReadDigestInput }): Promise<SloDigestJson> {
  const { tier, owner, askedBy } = input;
  const month = input.month ?? lastMonth(ctx.clock.now());
  return writeDigest(await readReport({ ctx, input: { month, tier, owner } }), askedBy ?? null);
}

/** The last that is over. */
export function lastMonth(now: Date): string {
  return formatMonth(addMonths(monthOf(now), -1));
}
