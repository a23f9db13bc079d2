import type { SloDigestJson } from "#domain/api/slo-digest.ts";
import { writeDigest } from "#domain/slo/digest.ts";
import { addMonths, formatMonth, monthOf } from "#domain/slo.ts";
import type { Call } from "#server/access/index.ts";
import { readReport } from "./read-report.ts";
import type { SloFilter } from "./slo-input.ts";

export interface ReadDigestInput extends Pick<SloFilter, "tier" | "owner"> {
  /** `2026-10`; omitted: the last finished month. */
  readonly month?: string | undefined;
  /** Who requested it; omitted: it is the scheduled one. */
  readonly askedBy?: string | undefined;
}

/** A month's service levels for the digest email: the managers' report in words. */
export async function readDigest({ ctx, input }: Call<ReadDigestInput>): Promise<SloDigestJson> {
  const { tier, owner, askedBy } = input;
  const month = input.month ?? lastMonth(ctx.clock.now());
  return writeDigest(await readReport({ ctx, input: { month, tier, owner } }), askedBy ?? null);
}

/** The last finished month. */
export function lastMonth(now: Date): string {
  return formatMonth(addMonths(monthOf(now), -1));
}
