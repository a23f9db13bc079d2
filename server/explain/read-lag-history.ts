import { type LagHistoryJson, type LagHours, lagSteps } from "#domain/api/lateness.ts";
import { formatInstant } from "#domain/instant.ts";
import { type Call, requireScope } from "#server/access/index.ts";
import { findDatacenter } from "./find-datacenter.ts";
import { loadLags } from "./load-lags.ts";

/** How far a datacenter was behind over the last hours, from the samples of its lanes. */
export async function readLagHistory({
  ctx,
  input: { name, hours },
}: Call<{ name: string; hours: LagHours }>): Promise<LagHistoryJson> {
  requireScope(ctx, "read");
  const { sql } = ctx.database;
  const now = ctx.clock.now();
  const { id } = await findDatacenter(ctx, name);
  const stepSeconds = lagSteps[hours];
  const stepMs = stepSeconds * 1000;
  const count = (hours * 3600) / stepSeconds;
  const lastSpan = Math.floor(now.getTime() / stepMs);
  const after = new Date((lastSpan - count + 1) * stepMs);
  const samples = await loadLags(sql, { after, to: now, stepSeconds, datacenterId: id });
  const bySpan = new Map(samples.map(({ atMs, lagSeconds }) => [Math.floor(atMs / stepMs), lagSeconds]));
  return {
    datacenter: name,
    from: formatInstant(new Date((lastSpan - count + 2) * stepMs)),
    stepSeconds,
    lagSeconds: Array.from({ length: count }, (_, at) => {
      const lag = bySpan.get(lastSpan - count + 1 + at) ?? null;
      return lag === null ? null : Math.round(Math.max(0, lag));
    }),
    asOf: formatInstant(now),
  };
}
