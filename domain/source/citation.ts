import { formatElapsed } from "../duration.ts";
import { formatCount } from "../figures.ts";
import type { ResourceKind } from "./collection.ts";
import { type SourceKind, sourceKindNames } from "./kinds.ts";

/** What of a lane a source may have stated. */
export const citedFacts = ["watermark", "closing", "delivered", "backlog"] as const;
export type CitedFact = (typeof citedFacts)[number];

/** How a source measures: how often, and how late it shows a sample at most. In seconds. */
export interface Delays {
  readonly sampledSeconds: number;
  readonly visibleSeconds: number;
}

/** Where a fact of a lane came from, where no reporter stated it. */
export interface Citation extends Delays {
  readonly fact: CitedFact;
  readonly source: string;
  readonly kind: SourceKind;
}

/** As each source documents it. Google: https://cloud.google.com/monitoring/api/metrics_gcp. Others show at once what they are asked for. */
export function delaysOf(kind: SourceKind, resource: ResourceKind): Delays {
  switch (kind) {
    case "cloudMonitoring":
      return { sampledSeconds: 60, visibleSeconds: resource === "subscription" ? 120 : 240 };
    case "kafka":
      return { sampledSeconds: 60, visibleSeconds: 0 };
    case "bigQuery":
    case "iceberg":
      return { sampledSeconds: 300, visibleSeconds: 0 };
    // A notification has the marker's own time.
    case "cloudStorage":
      return { sampledSeconds: 0, visibleSeconds: 0 };
  }
}

/** How much more a lag reads than it is, and how much later an onset shows, at most. */
export function readsLateSeconds({ sampledSeconds, visibleSeconds }: Delays): number {
  return sampledSeconds + visibleSeconds;
}

/** "Watermarks of ams and lon are measured by Google Cloud Monitoring (source google): sampled every 60 s, visible up to 4 min late. …" */
export function sayCitation(datacenters: readonly string[], citation: Citation): string {
  const { fact, source, kind, sampledSeconds, visibleSeconds } = citation;
  const [only] = datacenters;
  const one = datacenters.length === 1;
  const whose = one ? `${only}'s ${nouns[fact]} is` : `${plurals[fact]} of ${listed(datacenters)} are`;
  const how = fact === "delivered" ? "read from" : "measured by";
  const visible = visibleSeconds > 0 ? `, visible up to ${formatElapsed(visibleSeconds)} late` : "";
  const sampled = sampledSeconds > 0 ? `: sampled every ${sayInterval(sampledSeconds)}${visible}` : "";
  return `${whose} ${how} ${sourceKindNames[kind]} (source ${source})${sampled}.${sayEffect(citation, one)}`;
}

const nouns: Readonly<Record<CitedFact, string>> = {
  watermark: "watermark",
  closing: "closing",
  delivered: "delivered count",
  backlog: "backlog",
};
const plurals: Readonly<Record<CitedFact, string>> = {
  watermark: "Watermarks",
  closing: "Closings",
  delivered: "Delivered counts",
  backlog: "Backlogs",
};

/** What it does to the figures on the same screen. */
function sayEffect({ fact, ...delays }: Citation, one: boolean): string {
  if (fact === "watermark" && readsLateSeconds(delays) > 0)
    return ` ${one ? "Its lag reads" : "Their lags read"} up to ${sayInterval(readsLateSeconds(delays))} more than ${one ? "it is" : "they are"}.`;
  if (fact === "closing" && delays.sampledSeconds > 0)
    return ` ${one ? "It" : "They"} can be up to ${sayInterval(delays.sampledSeconds)} earlier than shown.`;
  return "";
}

const mostNamed = 3;

function listed(names: readonly string[]): string {
  const rest = names.length - mostNamed;
  return rest > 0 ? `${names.slice(0, mostNamed).join(", ")} and ${formatCount(rest)} more` : names.join(", ");
}

/** "60 s" for a minute, as the sources write it. */
function sayInterval(seconds: number): string {
  return seconds < 120 ? `${seconds} s` : formatElapsed(seconds);
}
