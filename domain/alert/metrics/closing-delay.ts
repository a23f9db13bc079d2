import { formatElapsed } from "../../duration.ts";
import { formatHour, hourEnd } from "../../hour.ts";
import { heldUpBy, lateCulprits, secondsWaited, unclosedHours } from "../held-up.ts";
import type { TypeMetric } from "../reading.ts";

/** Seconds since the end of the oldest hour that is not closed, or that time as a share of the deadline. */
export const closingDelay: TypeMetric = (type, facts, { threshold }) => {
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
};
