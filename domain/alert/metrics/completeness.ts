import { formatCount, formatShare } from "../../figures.ts";
import { formatHour } from "../../hour.ts";
import type { AlertFacts, HourNow, TypeFacts } from "../facts.ts";
import { unknownCounts } from "../looks.ts";
import type { Metric } from "../metric.ts";
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
  replay: { as: "news", of: "lossy", byThreshold: false, promise: "losses" },
  looks: { at: "closed hours", which: (type, { now }) => newsHours(type, now), unread: unknownCounts },
  read,
};

function read(type: TypeFacts, { now }: AlertFacts): Reading[] {
  const news = newsHours(type, now);
  const [worst, ...others] = news
    .filter(({ known, lost }) => known && lost > 0)
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

function shareLeft({ produced, lost }: HourNow): number {
  return 1 - lost / produced;
}

function losers(hour: HourNow): Culprit[] {
  return hour.lanes
    .filter(({ lost }) => lost > 0)
    .sort((a, b) => b.lost - a.lost)
    .map(({ datacenter }) => ({ trouble: "lost", datacenter }));
}
