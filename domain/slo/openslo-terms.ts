import { type Fault, sayFound } from "../fault.ts";
import type { Measure } from "../slo-measures.ts";

type Document = Record<string, unknown>;

interface Rule {
  readonly pointer: string;
  readonly isHonoured: (value: unknown, measure: Measure) => boolean;
  /** What to do about it. */
  readonly advice: (measure: Measure) => string;
}

const isHourly = (measure: Measure) => measure !== "skew";
const methodOf = (measure: Measure) => (isHourly(measure) ? "Timeslices" : "Occurrences");

/** What a document may ask for besides its objective. Omitted members are honoured: Tidemark's own terms apply. */
const rules: readonly Rule[] = [
  {
    pointer: "/spec/timeWindow",
    isHonoured: (value) => Array.isArray(value) && value.length === 1,
    advice: () => "Tidemark has one time window, the calendar month. Keep one entry",
  },
  {
    pointer: "/spec/timeWindow/0/isRolling",
    isHonoured: (value) => value === false,
    advice: () => "Tidemark has no rolling windows for objectives. Set it to false and the duration to 1M",
  },
  {
    pointer: "/spec/timeWindow/0/duration",
    isHonoured: (value) => value === "1M",
    advice: () => "Objectives apply to calendar months. Set it to 1M",
  },
  {
    pointer: "/spec/timeWindow/0/calendar/timeZone",
    isHonoured: (value) => value === "UTC" || value === "Etc/UTC",
    advice: () => "Months begin at 00:00 UTC. Set it to UTC",
  },
  {
    pointer: "/spec/budgetingMethod",
    isHonoured: (value, measure) => value === methodOf(measure),
    advice: (measure) =>
      `The error budget of ${measure} counts ${isHourly(measure) ? "hours" : "events"}. Set it to ${methodOf(measure)}`,
  },
  {
    pointer: "/spec/objectives/0/timeSliceWindow",
    isHonoured: (value, measure) => isHourly(measure) && value === "1h",
    advice: (measure) =>
      isHourly(measure) ? "A time slice is an hour. Set it to 1h" : "Skew counts events. Leave it out",
  },
  {
    pointer: "/spec/objectives/0/timeSliceTarget",
    isHonoured: (value, measure) => isHourly(measure) && value === 1,
    advice: (measure) =>
      isHourly(measure)
        ? "An hour is good by the event type's deadline and tolerances. Set it to 1"
        : "Skew counts events. Leave it out",
  },
  ...["op", "value", "compositeWeight", "indicator", "indicatorRef"].map((member) => ({
    pointer: `/spec/objectives/0/${member}`,
    isHonoured: () => false,
    advice: () => "Tidemark measures by its own verdicts. Leave it out",
  })),
  {
    pointer: "/spec/indicatorRef",
    isHonoured: () => false,
    advice: () => "Tidemark measures by its own verdicts. Leave it out",
  },
  {
    pointer: "/spec/indicator/spec/thresholdMetric",
    isHonoured: () => false,
    advice: () => "Tidemark measures by its own verdicts. Leave the indicator out",
  },
  ...["good", "bad", "total", "raw"].map((part) => ({
    pointer: `/spec/indicator/spec/ratioMetric/${part}/metricSource/type`,
    isHonoured: (value: unknown) => value === "Tidemark",
    advice: () => "Tidemark measures by its own verdicts and queries no other source. Leave the indicator out",
  })),
  {
    pointer: "/spec/alertPolicies",
    isHonoured: (value) => Array.isArray(value) && value.length === 0,
    advice: () => "Alert policies are not imported. Leave them out, and create an alert rule instead",
  },
];

/** A fault for everything that a document asks for and that would not happen. */
export function unhonoured(document: unknown, measure: Measure): Fault[] {
  return rules.flatMap(({ pointer, isHonoured, advice }) => {
    const found = memberAt(document, pointer);
    if (found === undefined || isHonoured(found, measure)) return [];
    return [{ pointer, detail: `is not supported: ${advice(measure)}; found ${sayFound(found)}` }];
  });
}

/** The member that a JSON pointer names; undefined if there is none. */
export function memberAt(value: unknown, pointer: string): unknown {
  return pointer
    .split("/")
    .slice(1)
    .reduce<unknown>(
      (member, key) =>
        typeof member === "object" && member !== null && Object.hasOwn(member, key)
          ? (member as Document)[key]
          : undefined,
      value,
    );
}
