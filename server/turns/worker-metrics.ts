import { Gauge } from "prom-client";
import { openRegistry } from "#server/process/open-registry.ts";
import type { Standing } from "./turns.ts";

// Loaded at the first scrape: most workers are never scraped by themselves.
const registry = openRegistry();
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

/** Prometheus text: memory, CPU and event loop of the process, and its loops. */
export async function writeWorkerMetrics(
  loops: readonly Standing[],
  isWriting: boolean,
): Promise<{ contentType: string; text: string }> {
  up.set(isWriting ? 1 : 0);
  for (const { turn: loop, ageSeconds, allowedSeconds } of loops) {
    age.set({ loop }, ageSeconds);
    limit.set({ loop }, allowedSeconds);
  }
  return { contentType: registry.contentType, text: await registry.metrics() };
}
