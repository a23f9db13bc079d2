import { formatElapsed } from "../../duration.ts";
import { formatHour, hourEnd } from "../../hour.ts";
import type { AlertFacts, TypeFacts } from "../facts.ts";
import { heldUpBy, lateCulprits, secondsWaited, unclosedHours } from "../held-up.ts";
import type { Metric, MetricTerms } from "../metric.ts";
import type { Reading } from "../reading.ts";
import { durationSteps, percents, readRatio, readSeconds, thresholdIn } from "../threshold-kinds.ts";

/** Seconds since the end of the oldest hour that is not closed, or that time as a share of the deadline. */
export const closingDelay: Metric = {
  of: "type",
  label: "Closing delay",
  about: "How long the oldest ended hour of a type has not been closed.",
  condition: (text, threshold) =>
    `an ended hour is not closed after ${threshold?.unit === "seconds" ? text : `${text} of its deadline`}`,
  threshold: {
    must: 'must be a duration like 90m, or a share of the deadline like 0.8 or "80%"; above 1 is after the deadline',
    read: (written) => readSeconds(written) ?? thresholdIn("deadlineShare", readShareOfDeadline(written)),
    units: [{ percent: "% of deadline" }, "duration"],
    steps: {
      deadlineShare: percents(10, 20, 30, 40, 50, 60, 70, 80, 90, 100, 120, 150, 200),
      seconds: durationSteps,
    },
  },
  fires: "above",
  needs: null,
  cause: { code: "datacenter_behind", score: 0.1 },
  replay: { as: "waiting", promise: "deadline" },
  runbook: "deadline",
  looks: { at: "unclosed hours", which: unclosedHours },
  read,
};

function read(type: TypeFacts, facts: AlertFacts, { threshold }: MetricTerms): Reading[] {
  const open = unclosedHours(type);
  const [oldest] = open;
  if (!oldest) return [];
  const seconds = secondsWaited(oldest, facts);
  const value = threshold?.unit === "deadlineShare" ? seconds / type.deadlineSeconds : seconds;
  return [
    {
      datacenter: null,
      value,
      hours: open.map(({ hour }) => hour),
      culprits: lateCulprits(type, oldest),
      since: hourEnd(oldest.hour),
      sentence: () => {
        const [first = "no datacenter", ...others] = heldUpBy(type, oldest);
        const who = others.length === 0 ? first : `${first} and ${others.length} more`;
        const deadline = `deadline ${formatElapsed(type.deadlineSeconds)}`;
        return `${type.eventType}: hour ${formatHour(oldest.hour)} is not closed ${formatElapsed(seconds)} after its end (${deadline}); held up by ${who}.`;
      },
    },
  ];
}

function readShareOfDeadline(written: unknown): number | null {
  const percent = typeof written === "string" ? /^(\d{1,4}(?:\.\d{1,12})?) ?%$/.exec(written)?.[1] : undefined;
  return readRatio(percent === undefined ? written : Number(`${percent}e-2`));
}
