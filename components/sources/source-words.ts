import type { SourceJson, SourceReadingJson, SourceResourceJson } from "#domain/api/sources.ts";
import { formatElapsed } from "#domain/duration.ts";
import { formatCount, formatCountOf } from "#domain/figures.ts";
import { sourceKindNames } from "#domain/source/kinds.ts";

export function kindText({ kind, spec }: Pick<SourceJson, "kind" | "spec">): string {
  const place = spec.cloudMonitoring?.project;
  return place === undefined ? sourceKindNames[kind] : `${sourceKindNames[kind]}, project ${place}`;
}

export const stateWords: Readonly<Record<SourceJson["state"], string>> = {
  waiting: "not collected yet",
  working: "collected",
  failing: "failing",
  disabled: "disabled",
};

/** "12 of 14 resources are mapped". */
export function mappedText({ run }: Pick<SourceJson, "run">): string {
  if (run === null) return "unknown";
  const all = run.mapped + run.notMapped;
  if (all === 0) return "nothing found";
  return `${formatCount(run.mapped)} of ${formatCountOf(all, "resource")}`;
}

/** The lanes of a resource in a line; many are counted. */
export function lanesText({ lanes }: Pick<SourceResourceJson, "lanes">, shown = 3): string {
  const names = lanes.slice(0, shown).map(({ eventType, datacenter }) => `${eventType} at ${datacenter}`);
  const rest = lanes.length - names.length;
  return [...names, ...(rest > 0 ? [`${formatCount(rest)} more`] : [])].join(", ");
}

/** Metrics in seconds, as each kind of source names them. */
const inSeconds = /(?:_age|_lag|_seconds)$/;

/** "oldest_unacked_message_age 95 s, sampled every 60 s, visible after 2 min". */
export function readingText({ metric, value, text, delaySeconds, sampledSeconds }: SourceReadingJson): string {
  const figure = (found: number) =>
    inSeconds.test(metric) ? formatElapsed(found) : formatCount(Math.round(found * 100) / 100);
  const said = value === null ? text : figure(value);
  return `${metric} ${said}, sampled every ${sampledSeconds} s, visible after ${formatElapsed(delaySeconds)}`;
}
