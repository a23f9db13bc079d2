import { Gauge, type Registry } from "prom-client";
import type { SourceJson } from "#domain/api/sources.ts";

/** Shows whether what measures outside can be asked; a source that is disabled or was not asked yet has no series. */
export function createSourceMetrics(registry: Registry): (sources: readonly SourceJson[], now: Date) => void {
  const registers = [registry];
  const labelNames = ["source", "kind"] as const;
  const up = new Gauge({
    name: "tidemark_source_up",
    help: "1 if the last collection from a source succeeded, 0 if it failed.",
    labelNames,
    registers,
  });
  const age = new Gauge({
    name: "tidemark_source_age_seconds",
    help: "Seconds by Tidemark's clock since the last successful collection from a source; NaN before the first.",
    labelNames,
    registers,
  });
  const unmapped = new Gauge({
    name: "tidemark_source_unmapped_resources",
    help: "Resources of a source whose id no pattern matches.",
    labelNames,
    registers,
  });
  return (sources, now) => {
    for (const metric of [up, age, unmapped]) metric.reset();
    for (const { name: source, kind, state, run } of sources) {
      if (run === null || state === "disabled") continue;
      const succeededMs = run.succeededAt === null ? Number.NaN : Date.parse(run.succeededAt);
      up.set({ source, kind }, state === "working" ? 1 : 0);
      age.set({ source, kind }, Math.max(0, now.getTime() - succeededMs) / 1000);
      unmapped.set({ source, kind }, run.notMapped);
    }
  };
}
