import type { LagHistoryJson, TypeLagJson } from "#domain/api/lateness.ts";
import type { Series } from "./series-model.ts";

/** Of many types samples are five minutes apart: up to three of these steps between two of them the line goes on. */
const leastStepSeconds = 240;

type Lags = Pick<TypeLagJson, "from" | "stepSeconds" | "datacenters" | "asOf">;

export function seriesOfDatacenter({ datacenter, lagSeconds, ...history }: LagHistoryJson): Series {
  return seriesOfLags({ ...history, datacenters: [{ name: datacenter, lagSeconds }] });
}

/** The spans in which something was sampled; the running one ends now. */
export function seriesOfLags({ from, stepSeconds, datacenters, asOf }: Lags): Series {
  const count = datacenters[0]?.lagSeconds.length ?? 0;
  const points = Array.from({ length: count }, (_, at) => ({
    at: new Date(Math.min(Date.parse(from) + at * stepSeconds * 1_000, Date.parse(asOf))).toISOString(),
    lagSeconds: datacenters.map(({ lagSeconds }) => lagSeconds[at] ?? null),
  }));
  return {
    stepSeconds: Math.max(stepSeconds, leastStepSeconds),
    datacenters: datacenters.map(({ name }) => name),
    points: points.filter(({ lagSeconds }) => lagSeconds.some((lag) => lag !== null)),
  };
}
