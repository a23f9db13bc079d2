import { formatCount } from "../../figures.ts";
import { formatHour, hourEnd } from "../../hour.ts";
import type { AlertFacts, HourNow, TypeFacts } from "../facts.ts";
import type { Metric, MetricTerms } from "../metric.ts";
import { newsSeconds } from "../news-hours.ts";
import type { Reading } from "../reading.ts";
import { countSteps, readCount } from "../threshold-kinds.ts";
import { readLanes, worstByLane } from "./lane-counts.ts";

/** A host's last report of an hour takes time to arrive: only what is missing after that counts. */
const reportsTakeSeconds = 15 * 60;

/** How many of the reporters expected at one datacenter have not reported produced counts, in the worst hour that is due. */
export const reportersMissing: Metric = {
  of: "type",
  label: "Missing reporters",
  about: "Expected reporters of a datacenter that have not reported what they produced.",
  condition: (text) => `${text} or more of a datacenter’s expected reporters have not reported for an hour`,
  threshold: {
    must: "must be a whole number of reporters from 1",
    read: readCount,
    units: [{ plain: "reporters" }],
    steps: { events: countSteps },
  },
  fires: "above",
  needs: "closed hours",
  cause: { code: "reporters_missing", score: 0.3 },
  replay: {
    as: "nothing",
    why: "which reporters were missing at the time is not stored. The hour's page names those still missing",
  },
  looks: {
    at: "closed hours",
    which: (type, { now }) => hoursToReport(type, now),
    unreadType: ({ eventType }, { expectReporters }) =>
      expectReporters.has(eventType) ? null : "no_reporters_expected",
  },
  read,
};

function read(type: TypeFacts, { now }: AlertFacts, terms: MetricTerms): Reading[] {
  const found = worstByLane(hoursToReport(type, now), terms, (lane) => ({
    count: lane.reportersMissing ?? 0,
    whole: 1,
  }));
  const readings = readLanes(found, "unreported", ({ hour, lane }) => {
    const expected = formatCount(lane.reportersExpected ?? 0);
    return `${type.eventType}: ${lane.datacenter} is missing produced counts of hour ${formatHour(hour.hour)} from ${formatCount(lane.reportersMissing ?? 0)} of ${expected} expected reporters.`;
  });
  // A silent or cut-off datacenter takes its reporters with it: another rule has already covered that cause.
  return readings.map((reading) => ({
    ...reading,
    culprits: [...reading.culprits, { trouble: "late", datacenter: reading.datacenter }],
  }));
}

/** Closed or not: missing counts of an hour are visible before its counts are final. */
function hoursToReport({ hours }: TypeFacts, now: Date): HourNow[] {
  const newsFromMs = now.getTime() - newsSeconds * 1000;
  return hours.filter(
    ({ hour, settledAt }) =>
      hourEnd(hour).getTime() + reportsTakeSeconds * 1000 <= now.getTime() &&
      (settledAt === null || settledAt.getTime() > newsFromMs),
  );
}
