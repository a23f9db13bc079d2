import { afterEach, describe, expect, test } from "vitest";
import { defaultRules } from "#domain/alert/default-rules.ts";
import { addHours, formatHour } from "#domain/hour.ts";
import { type Act, RuleDrill, type Tier } from "#test/rule-drill.ts";

/*
 * A drill for every rule that comes with the product: what happens, when, and whether the rule's alert is firing right after. Each
 * fires at the second at which its condition has held long enough, not before, and resolves.
 */
interface Drill {
  tier?: Tier;
  from?: string;
  /** More of the type's spec. */
  type?: object;
  /** Instants of 2026-11-22, unless they name another day. */
  moments: readonly (readonly [at: string, act: Act | null, state: "calm" | "firing"])[];
}

const hour = "2026-11-22T10";
const dcs = ["east", "west"] as const;

/** Watermarks a moment behind now: the datacenters are well. */
const beat =
  (...names: string[]): Act =>
  async ({ story }) => {
    const watermark = new Date(story.clock.now().getTime() - 61_000).toISOString();
    for (const dc of names) await story.watermark(dc, watermark);
  };
const both = beat(...dcs);

/** West stands still from 10:50 on while east goes on. */
const stalled = (tier: Tier, moments: readonly [before: string, after: string, ...backAt: string[]]): Drill => {
  const [before, after, lastBad = "", moved = "", resolved = ""] = moments;
  return {
    tier,
    moments: [
      ["10:50:30", both, "calm"],
      [before, beat("east"), "calm"],
      [after, beat("east"), "firing"],
      [lastBad, beat("east"), "firing"],
      [moved, both, "firing"],
      [resolved, both, "calm"],
    ],
  };
};

/** West's watermark of 10:49:29 stays, and has been too old since `begins`. */
const behind = (tier: Tier, [begins, before, after, lastBad, moved, resolved]: readonly string[]): Drill => ({
  tier,
  moments: [
    ["10:50:30", both, "calm"],
    [begins as string, beat("east"), "calm"],
    [before as string, beat("east"), "calm"],
    [after as string, beat("east"), "firing"],
    [lastBad as string, beat("east"), "firing"],
    [moved as string, both, "firing"],
    [resolved as string, both, "calm"],
  ],
});

const counted =
  (stage: "produced" | "delivered", events: number, landedHour?: string): Act =>
  ({ story }) =>
    story.count({ dc: "east", stage, hour, events, ...(landedHour ? { landedHour } : {}) });
/** West has all its events. */
const closed: Act = async ({ story }) => {
  for (const stage of ["produced", "delivered"] as const)
    await story.count({ dc: "west", stage, hour, events: 10_000 });
  for (const dc of dcs) await story.watermark(dc, "2026-11-22T11:00:00Z");
};
const inTurn =
  (...acts: readonly Act[]): Act =>
  async (drill) => {
    for (const act of acts) await act(drill);
  };
const backlog =
  (oldestAgeSeconds: number): Act =>
  ({ story }) =>
    story.say("tidemark.backlog.v1", { dc: "east", eventType: "EndSong", stage: "delivered", oldestAgeSeconds });
const google =
  (metric: string, value: number): Act =>
  (drill) =>
    drill.measured(metric, value);

/** The hour is closed at 11:02, so its counts are final at 11:17; what repairs it comes at 11:40. */
const misses = (tier: Tier, bad: Act, good: Act): Drill => ({
  tier,
  moments: [
    ["11:02:00", inTurn(counted("produced", 10_000), bad, closed), "calm"],
    ["11:16:59", null, "calm"],
    ["11:17:00", null, "firing"],
    ["11:39:00", null, "firing"],
    ["11:40:00", good, "calm"],
  ],
});
const loses = (tier: Tier, events: number) =>
  misses(tier, counted("delivered", 10_000 - events), counted("delivered", 10_000));
const doubles = (tier: Tier, events: number) =>
  misses(tier, counted("delivered", 10_000 + events), counted("produced", 10_000 + events));
/** Skew stays: it is news for six hours. */
const skews = (tier: Tier, events: number): Drill => ({
  tier,
  moments: [
    [
      "11:02:00",
      inTurn(
        counted("produced", 10_000),
        counted("delivered", 10_000 - events),
        counted("delivered", events, "2026-11-22T11"),
        closed,
      ),
      "calm",
    ],
    ["11:16:59", null, "calm"],
    ["11:17:00", null, "firing"],
    ["17:16:59", null, "firing"],
    ["17:17:00", null, "calm"],
  ],
});

/** Watermarks of full hours, ten minutes after each: what is usual. */
const hourly =
  (through: string): Act =>
  async ({ story }) => {
    const end = new Date(`2026-11-22T${through}:10:00Z`);
    for (let at = addHours(end, -7); at <= end; at = addHours(at, 1)) {
      story.clock.set(at.toISOString());
      for (const dc of dcs) await story.watermark(dc, `${formatHour(at)}:00:00Z`);
    }
  };

/** Ten days of 1,000 events an hour at each datacenter, and three hours that are low: fewer are no drop. It ends with an hour of half the usual. */
const drops = (tier: Tier): Drill => ({
  tier,
  from: "2026-11-12T10:00:00Z",
  moments: [
    ["11:02:00", days("2026-11-12T10", "2026-11-22T11", 1_000), "calm"],
    ["12:02:00", days("2026-11-22T11", "2026-11-22T12", 100), "calm"],
    ["13:02:00", days("2026-11-22T12", "2026-11-22T13", 100), "calm"],
    ["14:02:00", days("2026-11-22T13", "2026-11-22T14", 100), "firing"],
    ["15:01:59", null, "firing"],
    ["15:02:00", days("2026-11-22T14", "2026-11-22T15", 1_000), "calm"],
  ],
});
function days(from: string, to: string, events: number): Act {
  return async ({ story }) => {
    const end = new Date(`${to}:00:00Z`);
    const hours: string[] = [];
    for (let at = new Date(`${from}:00:00Z`); at < end; at = addHours(at, 1)) hours.push(formatHour(at));
    for (const dc of dcs) {
      for (const stage of ["produced", "delivered"]) {
        const reports = hours.map((each) => ({ eventType: "EndSong", hour: each, events }));
        await story.say("tidemark.counters.v1", { dc, stage, reporter: `${dc}-${stage}`, reports });
      }
      await story.watermark(dc, end.toISOString());
    }
  };
}

/** One host's produced counts of the hours of [from, to). */
const host =
  (reporter: string, from: string, to: string): Act =>
  async ({ story }) => {
    const reports: object[] = [];
    for (let at = new Date(`${from}:00:00Z`); at < new Date(`${to}:00:00Z`); at = addHours(at, 1))
      reports.push({ eventType: "EndSong", hour: formatHour(at), events: 10 });
    await story.say("tidemark.counters.v1", { dc: "east", stage: "produced", reporter, reports });
  };

/** West does not close hour 10, whose deadline is 13:00; both have caught up at 13:30. */
const unclosed = (tier: Tier, begins: string, before: string, after: string, resolved: string): Drill => ({
  tier,
  moments: [
    ["10:50:30", both, "calm"],
    [begins, beat("east"), "calm"],
    [before, beat("east"), "calm"],
    [after, beat("east"), "firing"],
    ["13:29:59", beat("east"), "firing"],
    ["13:30:00", both, resolved === "13:30:00" ? "calm" : "firing"],
    [resolved, both, "calm"],
  ],
});

const deadLetters = "pubsub.googleapis.com/subscription/dead_letter_message_count";
const drills: Readonly<Record<string, Drill>> = {
  "telemetry-blind": {
    moments: [
      ["10:50:00", both, "calm"],
      ["11:05:00", null, "calm"],
      ["11:05:01", null, "firing"],
      ["11:20:00", both, "calm"],
    ],
  },
  "datacenter-silent": {
    moments: [
      ["10:50:00", both, "calm"],
      ["11:05:00", beat("east"), "calm"],
      ["11:05:01", beat("east"), "firing"],
      ["11:20:00", both, "calm"],
    ],
  },
  // Usually 10 minutes behind: twice that is 11:20, if the hour that ended at 11:00 is not closed by then.
  "deployment-regression": {
    from: "2026-11-22T03:00:00Z",
    moments: [
      ["10:10:00", hourly("10"), "calm"],
      [
        "10:30:00",
        ({ story }) => story.say("tidemark.deployment.v1", { dc: "west", component: "exporter", version: "2" }),
        "calm",
      ],
      ["11:20:00", beat("east"), "calm"],
      ["11:20:01", beat("east"), "calm"],
      ["11:25:00", beat("east"), "calm"],
      ["11:25:01", beat("east"), "firing"],
      ["11:39:59", beat("east"), "firing"],
      ["11:40:00", both, "firing"],
      ["11:49:59", both, "calm"],
    ],
  },
  "deadline-at-risk-high": unclosed("high", "13:00:01", "13:02:00", "13:02:01", "13:39:59"),
  "deadline-at-risk": unclosed("normal", "13:00:01", "13:05:00", "13:05:01", "13:39:59"),
  "deadline-near": unclosed("high", "12:35:59", "12:36:00", "12:36:01", "13:30:00"),
  "watermark-stalled-high": stalled("high", ["11:05:30", "11:05:31", "11:19:00", "11:20:00", "11:24:00"]),
  "watermark-stalled-normal": stalled("normal", ["12:50:30", "12:50:31", "13:19:00", "13:20:00", "13:24:00"]),
  "watermark-stalled-low": stalled("low", ["16:50:30", "16:50:31", "17:19:00", "17:20:00", "17:24:00"]),
  "watermark-behind-high": behind("high", ["11:49:30", "11:59:29", "11:59:30", "12:19:00", "12:20:00", "12:24:00"]),
  "watermark-behind-normal": behind("normal", ["16:49:30", "16:59:29", "16:59:30", "17:19:00", "17:20:00", "17:24:00"]),
  "watermark-behind-low": behind("low", [
    "2026-11-23T10:49:30",
    "2026-11-23T10:59:29",
    "2026-11-23T10:59:30",
    "2026-11-23T11:19:00",
    "2026-11-23T11:20:00",
    "2026-11-23T11:24:00",
  ]),
  "backlog-old-high": {
    moments: [
      ["12:00:00", backlog(45 * 60), "calm"],
      ["12:01:00", backlog(45 * 60 + 1), "calm"],
      ["12:05:59", backlog(50 * 60), "calm"],
      ["12:06:00", backlog(50 * 60), "firing"],
      ["12:07:00", backlog(10), "firing"],
      ["12:16:00", backlog(10), "calm"],
    ],
  },
  "backlog-near-retention": {
    tier: "low",
    moments: [
      ["12:00:00", backlog(4 * 86_400), "calm"],
      ["12:01:00", backlog(4 * 86_400 + 1), "firing"],
      ["12:02:00", backlog(10), "calm"],
    ],
  },
  // Pub/Sub keeps messages for seven days unless the source says otherwise.
  "backlog-half-retention": {
    tier: "low",
    moments: [
      ["12:00:00", google("pubsub.googleapis.com/subscription/oldest_unacked_message_age", 3.4 * 86_400), "calm"],
      ["12:01:00", google("pubsub.googleapis.com/subscription/oldest_unacked_message_age", 3.6 * 86_400), "firing"],
      ["12:02:00", google("pubsub.googleapis.com/subscription/oldest_unacked_message_age", 10), "calm"],
    ],
  },
  "events-lost-high": loses("high", 30),
  "events-lost-normal": loses("normal", 150),
  "events-lost-low": loses("low", 150),
  "events-duplicated-high": doubles("high", 30),
  "events-duplicated-normal": doubles("normal", 150),
  "events-duplicated-low": doubles("low", 150),
  "events-skewed-high": skews("high", 100),
  "events-skewed-normal": skews("normal", 150),
  "events-skewed-low": skews("low", 300),
  completeness: loses("normal", 60),
  // What is counted by hour leaves the window of an hour once the hour after it has passed.
  "dead-letters-high": {
    moments: [
      ["12:10:00", google(deadLetters, 99), "calm"],
      ["12:20:00", google(deadLetters, 1), "firing"],
      ["13:59:59", both, "firing"],
      ["14:00:00", both, "calm"],
    ],
  },
  "dead-letters": {
    tier: "low",
    moments: [
      ["12:10:00", google(deadLetters, 0), "calm"],
      ["12:20:00", google(deadLetters, 1), "firing"],
      ["13:59:59", both, "firing"],
      ["14:00:00", both, "calm"],
    ],
  },
  "deadlines-expired": {
    moments: [
      ["12:10:00", google("pubsub.googleapis.com/subscription/expired_ack_deadlines_count", 999), "calm"],
      ["12:20:00", google("pubsub.googleapis.com/subscription/expired_ack_deadlines_count", 1), "firing"],
      ["13:59:59", both, "firing"],
      ["14:00:00", both, "calm"],
    ],
  },
  "messages-late": {
    moments: [
      ["12:10:00", google("dataflow.googleapis.com/job/pubsub/late_messages_count", 999), "calm"],
      ["12:20:00", google("dataflow.googleapis.com/job/pubsub/late_messages_count", 1), "firing"],
      ["13:59:59", both, "firing"],
      ["14:00:00", both, "calm"],
    ],
  },
  // Its last report of an hour may take a quarter of an hour.
  "reporters-missing": {
    from: "2026-11-21T10:00:00Z",
    type: { expectReporters: true },
    moments: [
      [
        "11:02:00",
        inTurn(host("a", "2026-11-21T10", "2026-11-22T11"), host("b", "2026-11-21T10", "2026-11-22T10"), both),
        "calm",
      ],
      ["11:14:59", both, "calm"],
      ["11:15:00", both, "firing"],
      ["11:39:00", both, "firing"],
      ["11:40:00", inTurn(host("b", hour, "2026-11-22T11"), both), "firing"],
      ["11:44:00", both, "calm"],
    ],
  },
  "volume-drop-high": drops("high"),
  "volume-drop": drops("low"),
  // All events of the hour miss their deadline of 13:00: a hundred times what an objective of 99 % allows. It is news for an hour.
  "budget-burn": {
    moments: [
      ["11:02:00", inTurn(counted("produced", 1_000), counted("delivered", 1_000), beat("east")), "calm"],
      ["12:59:59", beat("east"), "calm"],
      ["13:00:00", beat("east"), "firing"],
      ["13:10:00", both, "firing"],
      ["13:59:59", both, "firing"],
      ["14:00:00", both, "calm"],
    ],
  },
};

let drill: RuleDrill;
afterEach(() => drill.end());

describe("every rule that comes with the product", () => {
  test.each(defaultRules.map(({ name }) => name))("%s fires at the right moment and resolves", async (rule) => {
    const found = drills[rule];
    if (!found) throw new Error(`${rule} has no drill: add what makes it fire to this file.`);
    const { tier = "high", from = "2026-11-22T10:00:00Z", type, moments } = found;
    drill = await RuleDrill.begin(from, tier, type);
    const states: string[] = [];
    for (const [at, act] of moments) {
      const instant = `${at.length > 8 ? at : `2026-11-22T${at}`}Z`;
      states.push(`${at} ${await drill.evaluate(rule, instant, act)}`);
    }
    expect(states).toEqual(moments.map(([at, , state]) => `${at} ${state}`));
    expect(moments.map(([, , state]) => state)).toContain("firing");
    expect(moments.at(-1)?.[2]).toBe("calm");
  });
});
