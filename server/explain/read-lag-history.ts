import type { LagHistoryJson } from "#domain/api/lateness.ts";
import { formatInstant } from "#domain/instant.ts";
import { type Call, requireScope } from "#server/access/index.ts";
import { findDatacenter } from "./find-datacenter.ts";
import { type LagRange, lagSpansOf, lagsBySpan } from "./lag-spans.ts";
import { loadLags } from "./load-lags.ts";

/** How far a datacenter was behind, from the samples of its lanes. */
export async function readLagHistory({
  ctx,
  input: { name, ...range },
}: Call<LagRange & { name: string }>): Promise<LagHistoryJson> {
  requireScope(ctx, "read");
  const now = ctx.clock.now();
  const { id } = await findDatacenter(ctx, name);
  const spans = lagSpansOf(range, now);
  const samples = await loadLags(ctx.database.sql, { ...spans, datacenterId: id });
  return {
    datacenter: name,
    from: formatInstant(spans.firstEnd),
    stepSeconds: spans.stepSeconds,
    lagSeconds: lagsBySpan(samples, spans),
    asOf: formatInstant(now),
  };
}
