import { formatCount, formatShare } from "../../figures.ts";
import { formatHour } from "../../hour.ts";
import type { HourNow } from "../facts.ts";
import { newsHours } from "../news-hours.ts";
import type { Culprit, TypeMetric } from "../reading.ts";

/** 1 − lost ÷ produced of the worst hour whose counts recently became final; unknown while a datacenter's count is. */
export const completeness: TypeMetric = (type, { now }) => {
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
};

function shareLeft({ produced, lost }: HourNow): number {
  return 1 - lost / produced;
}

function losers(hour: HourNow): Culprit[] {
  return hour.lanes
    .filter(({ lost }) => lost > 0)
    .sort((a, b) => b.lost - a.lost)
    .map(({ datacenter }) => ({ trouble: "lost", datacenter }));
}
