import { formatCount } from "../../figures.ts";
import { formatHour, hourEnd } from "../../hour.ts";
import type { HourNow, TypeFacts } from "../facts.ts";
import { newsSeconds } from "../news-hours.ts";
import type { TypeMetric } from "../reading.ts";
import { readLanes, worstByLane } from "./lane-counts.ts";

/** A host's last report of an hour takes its way too: only what is missing after that is worth a look. */
const reportsTakeSeconds = 15 * 60;

/** How many of the reporters that one datacenter expects have not reported what they produced, of the worst hour that should have it. */
export const reportersMissing: TypeMetric = (type, { now }, terms) => {
  const found = worstByLane(hoursToReport(type, now), terms, (lane) => ({
    count: lane.reportersMissing ?? 0,
    whole: 1,
  }));
  const readings = readLanes(found, "unreported", ({ hour, lane }) => {
    const expected = formatCount(lane.reportersExpected ?? 0);
    return `${type.eventType}: ${lane.datacenter} is missing produced counts of hour ${formatHour(hour.hour)} from ${formatCount(lane.reportersMissing ?? 0)} of ${expected} expected reporters.`;
  });
  // A datacenter that is silent or cut off takes its reporters along: that is one cause, known before this one.
  return readings.map((reading) => ({
    ...reading,
    culprits: [...reading.culprits, { trouble: "late", datacenter: reading.datacenter }],
  }));
};

/** Whether closed or not: what is unknown of an hour is seen before its counts are final. */
function hoursToReport({ hours }: TypeFacts, now: Date): HourNow[] {
  const newsFromMs = now.getTime() - newsSeconds * 1000;
  return hours.filter(
    ({ hour, settledAt }) =>
      hourEnd(hour).getTime() + reportsTakeSeconds * 1000 <= now.getTime() &&
      (settledAt === null || settledAt.getTime() > newsFromMs),
  );
}
