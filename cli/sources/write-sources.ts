import { alignColumns } from "#domain/align-columns.ts";
import type { SourceJson, SourceResourceJson } from "#domain/api/sources.ts";
import { formatElapsed } from "#domain/duration.ts";
import { sourceKindNames } from "#domain/source.ts";
import { minute } from "../print.ts";

/** A line per source, in columns. */
export function writeSources(sources: readonly SourceJson[]): string[] {
  if (sources.length === 0) return ["No sources. Apply a Source document to create one."];
  const rows = sources.map(({ name, kind, state, run }) => [
    name,
    sourceKindNames[kind],
    state,
    run ? minute(run.endedAt) : "–",
    run ? `${run.mapped} of ${run.mapped + run.notMapped}` : "–",
    run?.error ?? (run && run.problems.length > 0 ? `${run.problems.length}, see tidemark sources show` : "none"),
  ]);
  return alignColumns([["SOURCE", "MEASURED BY", "STATE", "COLLECTED", "MAPPED", "PROBLEMS"], ...rows]);
}

export function writeSource(source: SourceJson & { resources: readonly SourceResourceJson[] }): string[] {
  const { run, resources } = source;
  const mapped = resources.filter(({ lanes }) => lanes.length > 0);
  const others = resources.filter(({ lanes }) => lanes.length === 0);
  return [
    ...writeSources([source]),
    ...(run?.problems.length ? ["", "Problems:", ...run.problems.map((problem) => `  ${problem}`)] : []),
    ...(mapped.length === 0
      ? []
      : ["", ...alignColumns([["RESOURCE", "FEEDS", "NEWEST READING"], ...mapped.map(toRow)])]),
    ...(others.length === 0 ? [] : ["", "Not mapped:", ...others.map(({ kind, id }) => `  ${kind} ${id}`)]),
  ];
}

function toRow({ kind, id, lanes, readings }: SourceResourceJson): string[] {
  const newest = readings.reduce<(typeof readings)[number] | null>(
    (best, each) => (best === null || each.at > best.at ? each : best),
    null,
  );
  return [
    `${kind} ${id}`,
    lanes.map(({ eventType, datacenter }) => `${eventType} at ${datacenter}`).join(", "),
    newest ? `${minute(newest.at)}, visible after ${formatElapsed(newest.delaySeconds)}` : "none",
  ];
}
