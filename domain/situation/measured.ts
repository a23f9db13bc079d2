import { type Citation, readsLateSeconds, sayCitation } from "../source/citation.ts";
import type { PlaceFacts } from "./facts.ts";
import type { LaneLag } from "./lags.ts";
import { signOf, type WeighedEvidence } from "./signs.ts";

/**
 * How much later than it was an onset may show by these lanes' watermarks, in seconds: samples become visible late. 0 once a reporter
 * states one of them, because it shows the onset at once.
 */
export function onsetLateSeconds(lags: readonly LaneLag[]): number {
  const delays = lags.map(({ lane: { measuredBy } }) => (measuredBy === null ? 0 : readsLateSeconds(measuredBy)));
  return delays.length === 0 || delays.includes(0) ? 0 : Math.max(...delays);
}

/** Which sources state the lanes' watermarks, each once: no evidence of a cause, but of how late the rest shows. */
export function measuredSigns(lags: readonly LaneLag[], { datacenter, atMs }: PlaceFacts): WeighedEvidence[] {
  const cited = lags.flatMap(({ lane: { measuredBy } }) => measuredBy ?? []);
  const bySource = new Map<string, Citation>(cited.map((citation) => [citation.source, citation]));
  return [...bySource.values()].map((citation) =>
    signOf({
      code: `measured_by ${citation.source}`,
      fact: sayCitation([datacenter], citation),
      weight: 0,
      asOf: new Date(atMs.at(-1) ?? 0),
    }),
  );
}
