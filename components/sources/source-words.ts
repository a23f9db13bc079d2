import type { SourceJson, SourceReadingJson, SourceResourceJson } from "#domain/api/sources.ts";
import { formatElapsed } from "#domain/duration.ts";
import { formatCount, formatCountOf } from "#domain/figures.ts";
import { sourceKindNames } from "#domain/source/kinds.ts";

/** "Google Cloud Monitoring, project my-project". */
export function kindText({ kind, spec }: Pick<SourceJson, "kind" | "spec">): string {
  return `${sourceKindNames[kind]}, ${placeText(spec)}`;
}

function placeText({ cloudMonitoring, cloudStorage, bigQuery, iceberg, kafka }: SourceJson["spec"]): string {
  if (cloudMonitoring) return `project ${cloudMonitoring.project}`;
  if (cloudStorage)
    return cloudStorage.subscription.replace(/^projects\/([^/]+)\/subscriptions\//, "project $1, subscription ");
  if (bigQuery) return `${bigQuery.project}.${bigQuery.dataset}`;
  if (iceberg) return [iceberg.uri, iceberg.warehouse].filter((part) => part !== undefined).join(", ");
  return formatCountOf(kafka?.groups.length ?? 0, "consumer group");
}

/** "12 requests, of the 6,000 that Google allows a project in a minute": what a collection asked for. */
export function requestsText(kind: SourceJson["kind"], calls: number): string {
  const limit = kind === "cloudMonitoring" ? ", of the 6,000 that Google allows a project in a minute" : "";
  return `${formatCountOf(calls, "request")}${limit}`;
}

export const stateWords: Readonly<Record<SourceJson["state"], string>> = {
  waiting: "not collected yet",
  working: "collected",
  failing: "failing",
  disabled: "disabled",
};

/** Whether the last collection found nothing where something must be. Buckets announce objects only as they are written. */
export function findsNothing({ kind, run }: Pick<SourceJson, "kind" | "run">): boolean {
  return run !== null && kind !== "cloudStorage" && run.mapped + run.notMapped === 0;
}

/** "12 of 14 resources". */
export function mappedText({ kind, run }: Pick<SourceJson, "kind" | "run">): string {
  if (run === null) return "unknown";
  const all = run.mapped + run.notMapped;
  if (all === 0) return kind === "cloudStorage" ? "nothing new" : "nothing found";
  return `${formatCount(run.mapped)} of ${formatCountOf(all, "resource")}`;
}

/** The lanes of a resource in a line; many are counted. */
export function lanesText(
  { lanes }: { lanes: readonly Pick<SourceResourceJson["lanes"][number], "eventType" | "datacenter">[] },
  shown = 3,
): string {
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
