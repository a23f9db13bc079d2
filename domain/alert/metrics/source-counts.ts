import { formatCountOf } from "../../figures.ts";
import { hourEnd } from "../../hour.ts";
import { momentOf } from "../../moment.ts";
import { type CountName, countWords, type LaneCount, sayResources } from "../../source/lane-count.ts";
import type { AlertFacts, LaneNow, TypeFacts } from "../facts.ts";
import type { Metric, MetricTerms } from "../metric.ts";
import type { Reading, Trouble } from "../reading.ts";
import { countSteps, readCount } from "../threshold-kinds.ts";

interface Counted extends Pick<Metric, "label" | "about" | "cause"> {
  name: CountName;
  trouble: Trouble;
  /** Completes "Fires when 100 or more …". */
  happened: string;
  /** A sentence on what it means. */
  meaning: string;
}

/** What a source counted at one datacenter in the full hours that overlap the window. */
function counted({ name, trouble, happened, meaning, ...traits }: Counted): Metric {
  const { noun, said } = countWords[name];
  return {
    of: "type",
    ...traits,
    condition: (text) => `${text} or more ${happened} at a datacenter`,
    threshold: {
      must: `must be a whole number of ${noun}s from 1`,
      read: readCount,
      units: [{ plain: `${noun}s` }],
      steps: { events: countSteps },
    },
    fires: "above",
    needs: null,
    hasWindow: true,
    // Nothing is promised of them: there are only alerts and pages.
    replay: { as: "counted" },
    looks: { at: "lanes", unread: ({ counted: found }) => (found ? null : "no_source") },
    read: (type, facts, terms) =>
      type.lanes.flatMap((lane) => readLane(lane, within(lane, name, facts, terms), trouble, sentence(type))),
  };

  function sentence({ eventType }: TypeFacts) {
    return ({ datacenter }: LaneNow, counts: readonly LaneCount[], value: number, since: Date) =>
      `${eventType}: ${formatCountOf(value, noun)} ${said} at ${datacenter} since ${momentOf(since)} (${sayResources(counts)}). ${meaning}`;
  }
}

function within({ counted: found }: LaneNow, name: CountName, { now }: AlertFacts, { windowSeconds }: MetricTerms) {
  const fromMs = now.getTime() - windowSeconds * 1000;
  return (found ?? []).filter(
    (each) => each.name === name && each.count > 0 && each.hour <= now && hourEnd(each.hour).getTime() > fromMs,
  );
}

function readLane(
  lane: LaneNow,
  counts: readonly LaneCount[],
  trouble: Trouble,
  sentence: (lane: LaneNow, counts: readonly LaneCount[], value: number, since: Date) => string,
): Reading[] {
  if (counts.length === 0) return [];
  const value = counts.reduce((sum, { count }) => sum + count, 0);
  const since = new Date(Math.min(...counts.map(({ hour }) => hour.getTime())));
  const { datacenter } = lane;
  return [
    {
      datacenter,
      value,
      // When they were counted is known, and not of which hours their events are.
      hours: [],
      culprits: [{ trouble, datacenter }],
      since,
      sentence: () => sentence(lane, counts, value, since),
    },
  ];
}

export const deadLetters = counted({
  name: "dead_letters",
  label: "Dead letters",
  about: "Messages that a subscription gave up delivering and sent to its dead-letter topic, as a source counts them.",
  happened: "were dead-lettered",
  meaning: "They are not delivered unless they are sent again.",
  trouble: "lost",
  cause: { code: "stage_loss", score: 0.25 },
});

export const expiredDeadlines = counted({
  name: "expired_deadlines",
  label: "Expired acknowledgement deadlines",
  about: "Messages that were not acknowledged in time and are delivered again, as a source counts them.",
  happened: "expired",
  meaning: "Their messages are delivered again.",
  trouble: "duplicated",
  cause: { code: "duplicate_delivery", score: 0.15 },
});

export const lateMessages = counted({
  name: "late_messages",
  label: "Late messages",
  about: "Messages that reached a job after its watermark had passed them, as a source counts them.",
  happened: "arrived behind their job’s watermark",
  meaning: "Their events are dropped, or land in later hours.",
  trouble: "skewed",
  cause: { code: "skewed_delivery", score: 0.15 },
});
