import { formatCountOf } from "../../figures.ts";
import { momentOf } from "../../moment.ts";
import type { AlertFacts, TypeFacts } from "../facts.ts";
import { unclosedHours } from "../held-up.ts";
import { knownUntil } from "../known-until.ts";
import type { Metric } from "../metric.ts";
import type { Reading } from "../reading.ts";
import { duration } from "../threshold-kinds.ts";

/**
 * Seconds since the last message from a datacenter, measured up to the last message from any other: when all are silent, Tidemark
 * itself receives nothing, and telemetry-blind covers that.
 */
export const datacenterSilence: Metric = {
  of: "datacenter",
  label: "Datacenter silence",
  about: "How long a datacenter has sent nothing while others have.",
  condition: (text) => `a datacenter has sent nothing for ${text}`,
  threshold: duration,
  fires: "above",
  needs: null,
  cause: { code: "datacenter_silent", score: 0.45 },
  replay: {
    as: "nothing",
    why: "only the time of a datacenter's last message is stored. Backtest a closing_delay rule with scope.datacenter to see how its silences affected hours",
  },
  looks: { at: "datacenters", unread: (name, facts) => (heardUntil(facts, name) ? null : "nothing_to_compare") },
  read,
};

function read(facts: AlertFacts, types: readonly TypeFacts[]): Reading[] {
  return facts.datacenters.flatMap(({ name, lastSeenAt, watchedFrom }) => {
    const at = heardUntil(facts, name);
    if (!at) return [];
    // Its silence from before it was claimed counts against no one, but that is when it began.
    const countsFrom = lastSeenAt && lastSeenAt > watchedFrom ? lastSeenAt : watchedFrom;
    const value = Math.max(0, at.getTime() - countsFrom.getTime()) / 1000;
    if (value === 0) return [];
    return {
      datacenter: name,
      value,
      hours: [],
      culprits: [{ trouble: "late" as const, datacenter: name }],
      since: lastSeenAt ?? watchedFrom,
      sentence: () => {
        if (!lastSeenAt)
          return `${name} has not sent any message yet. Check that its reporters run and reach Tidemark.`;
        const waiting = types.filter((type) =>
          unclosedHours(type).some(({ lanes }) => lanes.some((lane) => lane.datacenter === name && !lane.closedAt)),
        );
        const heldUp = waiting.length === 0 ? "" : ` ${formatCountOf(waiting.length, "event type")} held up.`;
        return `${name} has sent nothing since ${momentOf(lastSeenAt)}.${heldUp}`;
      },
    };
  });
}

function heardUntil(facts: AlertFacts, name: string): Date | null {
  const until = knownUntil(facts);
  const others = facts.datacenters.flatMap((dc) => (dc.name === name || !dc.lastSeenAt ? [] : dc.lastSeenAt.getTime()));
  // The only datacenter: its silence and an ingest outage look alike.
  if (others.length === 0) return facts.datacenters.length === 1 ? until : null;
  return until && new Date(Math.min(until.getTime(), Math.max(...others)));
}
