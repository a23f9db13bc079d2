import type { Registry } from "prom-client";
import type { Standing } from "./turns.ts";

/** Node's gauges whose names end as a counter's do; the same without a sum by type is named without `_total`. */
export const misnamedByNode = [
  "nodejs_active_resources_total",
  "nodejs_active_handles_total",
  "nodejs_active_requests_total",
];

let opened: Promise<(loops: readonly Standing[], isWriting: boolean) => Promise<Registry>> | null = null;

/** Prometheus text: memory, CPU and event loop of the process, and its loops. Collected from the first call on. */
export async function writeWorkerMetrics(
  loops: readonly Standing[],
  isWriting: boolean,
): Promise<{ contentType: string; text: string }> {
  opened ??= openMetrics();
  const registry = await (await opened)(loops, isWriting);
  return { contentType: registry.contentType, text: await registry.metrics() };
}

async function openMetrics() {
  // Not before somebody asks: most workers are never scraped by themselves.
  const { collectDefaultMetrics, Gauge, Registry: Registered } = await import("prom-client");
  const registry = new Registered();
  collectDefaultMetrics({ register: registry });
  for (const name of misnamedByNode) registry.removeSingleMetric(name);
  const registers = [registry];
  const up = new Gauge({
    name: "tidemark_worker_database_up",
    help: "1 while this process writes to the database.",
    registers,
  });
  const labelNames = ["loop"] as const;
  const age = new Gauge({
    name: "tidemark_worker_loop_age_seconds",
    help: "Since a turn of the loop ended in this process.",
    labelNames,
    registers,
  });
  const limit = new Gauge({
    name: "tidemark_worker_loop_limit_seconds",
    help: "The age from which on the loop counts as stalled and the process is ended.",
    labelNames,
    registers,
  });
  return async (loops: readonly Standing[], isWriting: boolean) => {
    up.set(isWriting ? 1 : 0);
    for (const { turn: loop, ageSeconds, allowedSeconds } of loops) {
      age.set({ loop }, ageSeconds);
      limit.set({ loop }, allowedSeconds);
    }
    return registry;
  };
}
