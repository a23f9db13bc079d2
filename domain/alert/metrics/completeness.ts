import { isBeyondChance, sayChance } from "../../chance.ts";
import { formatCount, formatCountOf, formatShare } from "../../figures.ts";
import { formatHour } from "../../hour.ts";
import type { AlertFacts, HourNow, TypeFacts } from "../facts.ts";
import { unknownCounts } from "../looks.ts";
import type { Metric, MetricTerms } from "../metric.ts";
import { newsHours } from "../news-hours.ts";
import type { Culprit, Reading } from "../reading.ts";
import { percents, share } from "../threshold-kinds.ts";

/** 1 − lost ÷ produced of the worst hour whose counts recently became final; unknown while a datacenter's count is. */
export const completeness: Metric = {
  of: "type",
  label: "Completeness",
  about: "The share of produced events that were delivered, in a type’s worst recent hour.",
  condition: (text) => `less than ${text} of an hour’s events were delivered`,
  threshold: share(percents(50, 80, 90, 95, 98, 99, 99.5, 99.8, 99.9, 99.95, 99.99, 99.999)),
  fires: "below",
  needs: "closed hours",
  cause: { code: "stage_loss", score: 0.2 },
  replay: { as: "news", of: "lossy", byThreshold: true, promise: "losses" },
  looks: {
    at: "closed hours",
    which: (type, { now }) => newsHours(type, now),
    unread: unknownCounts,
    chance: sayLikeliest,
  },
  read,
};

function read(type: TypeFacts, { now }: AlertFacts, terms: MetricTerms): Reading[] {
  const news = newsHours(type, now);
  const [worst, ...others] = news
    .filter((hour) => hour.known && hour.lost > 0 && !isByChance(hour, terms))
    .sort((a, b) => shareLeft(a) - shareLeft(b));
  if (worst) {
    const lossy = [worst, ...others].map(({ hour }) => hour).sort((a, b) => a.getTime() - b.getTime());
    return [
      {
        datacenter: null,
        value: shareLeft(worst),
        hours: lossy,
        culprits: losers(worst),
        since: lossy[0] ?? null,
        sentence: () =>
          `${type.eventType}: hour ${formatHour(worst.hour)} lost ${formatCount(worst.lost)} of ${formatCount(worst.produced)} events (${formatShare(worst.lost, worst.produced)}), most in ${losers(worst)[0]?.datacenter ?? "no single datacenter"}.`,
      },
    ];
  }
  const unknown = news.filter(({ known }) => !known);
  const [first] = unknown;
  if (!first) return [];
  const silent = first.lanes.filter(({ produced }) => produced === null).map(({ datacenter }) => datacenter);
  const sentence = () =>
    `${type.eventType}: losses of hour ${formatHour(first.hour)} are unknown. The produced ${silent.length > 1 ? "counts" : "count"} of ${silent.join(", ") || "a datacenter"} ${silent.length > 1 ? "are" : "is"} unknown.`;
  return [
    { datacenter: null, value: null, hours: unknown.map(({ hour }) => hour), culprits: [], since: null, sentence },
  ];
}

/** Below the threshold, and chance does as much where exactly the threshold is delivered. */
function isByChance(hour: HourNow, { threshold }: MetricTerms): boolean {
  if (!threshold || shareLeft(hour) >= threshold.value) return false;
  return !isBeyondChance(hour.lost, hour.produced, 1 - threshold.value);
}

/** Of the hours that chance explains the worst. */
function sayLikeliest(type: TypeFacts, { now }: AlertFacts, terms: MetricTerms): string | null {
  const { threshold } = terms;
  const [worst] = newsHours(type, now)
    .filter((hour) => hour.known && hour.lost > 0 && isByChance(hour, terms))
    .sort((a, b) => shareLeft(a) - shareLeft(b));
  if (!worst || !threshold) return null;
  const { hour, lost, produced } = worst;
  return `${formatCount(lost)} of ${formatCountOf(produced, "event")} of ${type.eventType}, hour ${formatHour(hour)}, lost; ${sayChance(lost, produced, 1 - threshold.value)}`;
}

function shareLeft({ produced, lost }: HourNow): number {
  return 1 - lost / produced;
}

function losers(hour: HourNow): Culprit[] {
  return hour.lanes
    .filter(({ lost }) => lost > 0)
    .sort((a, b) => b.lost - a.lost)
    .map(({ datacenter }) => ({ trouble: "lost", datacenter }));
}
