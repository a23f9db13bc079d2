import { describe, expect, it } from "vitest";
import { type AlertRuleSpec, parseAlertRule } from "../alert-rule.ts";
import { addHours, hourEnd, parseHour } from "../hour.ts";
import type { CountName } from "../source/lane-count.ts";
import type { AlertFacts, HourLane, HourNow, LaneNow, TypeFacts } from "./facts.ts";
import { observeRule } from "./observe.ts";

const now = new Date("2026-11-22T14:20:00Z");
const minutesAgo = (minutes: number) => new Date(now.getTime() - minutes * 60_000);
const hourAt = (name: string) => parseHour(`2026-11-22T${name}`) as Date;

const lane = (datacenter: string, more: Partial<LaneNow> = {}): LaneNow => ({
  datacenter,
  watermark: minutesAgo(6),
  movedAt: minutesAgo(0),
  usualDelay: { p50Seconds: 300, p90Seconds: 480 },
  backlogs: [],
  ...more,
});

const hourLane = (datacenter: string, more: Partial<HourLane> = {}): HourLane => ({
  datacenter,
  closedAt: null,
  produced: 1000,
  published: 1000,
  delivered: 1000,
  lost: 0,
  duplicated: 0,
  skewed: null,
  reportersExpected: null,
  reportersMissing: null,
  ...more,
});

function hour(name: string, more: Partial<HourNow> = {}): HourNow {
  const start = hourAt(name);
  const closedAt = more.closedAt === undefined ? null : more.closedAt;
  return {
    hour: start,
    state: closedAt ? "complete" : "closing",
    deadlineAt: addHours(hourEnd(start), 2),
    settledAt: closedAt && new Date(closedAt.getTime() + 900_000),
    produced: 3000,
    delivered: 3000,
    lost: 0,
    duplicated: 0,
    skewed: 0,
    known: true,
    forecast: null,
    lanes: [hourLane("ash"), hourLane("sjc")],
    ...more,
    closedAt,
  };
}

const type = (more: Partial<TypeFacts> = {}): TypeFacts => ({
  eventType: "EndSong",
  tier: "high",
  owner: "royalties",
  labels: { domain: "music" },
  consumers: ["charts"],
  deadlineSeconds: 7200,
  watchedFrom: new Date("2026-11-01T00:00:00Z"),
  maxLost: 0.0001,
  maxDuplicated: 0.0001,
  objectives: { timeliness: 0.99, completeness: 0.999 },
  lanes: [lane("ash"), lane("sjc")],
  hours: [],
  withHistory: true,
  volumes: [],
  ...more,
});

const facts = (more: Partial<AlertFacts> = {}): AlertFacts => ({
  now,
  lastIngestAt: now,
  datacenters: ["ash", "sjc"].map((name) => ({
    name,
    lastSeenAt: minutesAgo(0),
    watchedFrom: new Date("2026-11-01T00:00:00Z"),
  })),
  deployments: [],
  types: [type()],
  ...more,
});

function observe(spec: Record<string, unknown>, at: AlertFacts) {
  const parsed = parseAlertRule({ severity: "page", ...spec });
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.faults));
  const rule = { name: "rule", spec: parsed.spec as AlertRuleSpec, isDefault: false };
  return observeRule(rule, at);
}

function look(spec: Record<string, unknown>, at: AlertFacts) {
  return observe(spec, at).map(({ subject, look: seen, reading }) => ({
    about: [subject.eventType, subject.datacenter].filter((each) => each !== null).join("/"),
    value: reading.value,
    isTrue: seen.kind === "value" && seen.isTrue,
    culprits: reading.culprits.map(({ trouble, datacenter }) => `${trouble}/${datacenter}`),
    hours: reading.hours.map((each) => each.toISOString().slice(11, 13)),
    says: reading.sentence(),
  }));
}

describe("closing_delay", () => {
  const late = facts({
    types: [
      type({ hours: [hour("12", { lanes: [hourLane("ash", { closedAt: now }), hourLane("sjc")] }), hour("13")] }),
    ],
  });

  it("is how long the oldest unclosed hour has waited, and names who holds it up", () => {
    expect(look({ metric: "closing_delay", threshold: "1h" }, late)).toEqual([
      {
        about: "EndSong",
        value: 4800,
        isTrue: true,
        culprits: ["late/sjc"],
        hours: ["12", "13"],
        says: "EndSong: hour 2026-11-22T12 is not closed 80 min after its end (deadline 2 h 00 min); held up by sjc.",
      },
    ]);
  });

  it("is a share of the deadline where the rule asks for one", () => {
    expect(look({ metric: "closing_delay", threshold: "80%" }, late)).toMatchObject([
      { value: 4800 / 7200, isTrue: false },
    ]);
  });

  it("stops where Tidemark's knowledge stops", () => {
    expect(look({ metric: "closing_delay", threshold: "1h" }, { ...late, lastIngestAt: minutesAgo(60) })).toMatchObject(
      [{ value: 4800 - 3600 + 300, isTrue: false }],
    );
  });

  it("says nothing of hours that ended before anybody watched, or beyond the horizon", () => {
    const watched = facts({ types: [type({ hours: [hour("12")], watchedFrom: minutesAgo(30) })] });
    expect(look({ metric: "closing_delay", threshold: "1m" }, watched)).toEqual([]);
    expect(look({ metric: "closing_delay", threshold: "1m", horizon: "1h" }, late)).toMatchObject([{ hours: ["13"] }]);
  });
});

describe("breach_probability", () => {
  const chance = (breachProbability: number) => ({ breachProbability, closesAt: now });

  it("is the greatest chance of all unclosed hours", () => {
    const at = facts({
      types: [type({ hours: [hour("12", { forecast: chance(0.2) }), hour("13", { forecast: chance(0.7) })] })],
    });
    expect(look({ metric: "breach_probability", threshold: 0.5 }, at)).toMatchObject([
      { value: 0.7, isTrue: true, hours: ["13"] },
    ]);
  });

  it("is certain after the deadline, whatever is foreseen", () => {
    const at = facts({ types: [type({ hours: [hour("11", { forecast: chance(0.1) })] })] });
    expect(look({ metric: "breach_probability", threshold: 0.99 }, at)).toMatchObject([{ value: 1, isTrue: true }]);
  });

  it("is unknown, not zero, without a forecast, and while Tidemark hears nothing", () => {
    const without = facts({ types: [type({ hours: [hour("13")] })] });
    expect(look({ metric: "breach_probability", threshold: 0.5 }, without)).toMatchObject([
      { value: null, isTrue: false },
    ]);
    const deaf = facts({ types: [type({ hours: [hour("11")] })], lastIngestAt: minutesAgo(120) });
    expect(look({ metric: "breach_probability", threshold: 0.5 }, deaf)).toMatchObject([{ value: null }]);
  });
});

describe("counts", () => {
  const closedAt = minutesAgo(30);
  const lossy = hour("12", {
    closedAt,
    state: "incomplete",
    lost: 30,
    lanes: [
      hourLane("ash", { closedAt, lost: 25, delivered: 975 }),
      hourLane("sjc", { closedAt, lost: 5, delivered: 995 }),
    ],
  });
  const at = facts({ types: [type({ hours: [lossy, hour("13")] })] });

  it("completeness is that of the worst hour, and who lost most stands first", () => {
    expect(look({ metric: "completeness", threshold: 0.999 }, at)).toMatchObject([
      { value: 0.99, isTrue: true, culprits: ["lost/ash", "lost/sjc"], hours: ["12"] },
    ]);
  });

  it("completeness is unknown while a datacenter's count is", () => {
    const unverified = hour("12", {
      closedAt,
      state: "unverified",
      known: false,
      lanes: [hourLane("ash"), hourLane("sjc", { produced: null })],
    });
    const [seen] = look(
      { metric: "completeness", threshold: 0.999 },
      facts({ types: [type({ hours: [unverified] })] }),
    );
    expect(seen).toMatchObject({ value: null, isTrue: false });
    expect(seen?.says).toContain("The produced count of sjc is unknown.");
  });

  it("lost is of one datacenter, in events or as a share", () => {
    expect(look({ metric: "lost", threshold: 25 }, at)).toMatchObject([
      { about: "EndSong/ash", value: 25, isTrue: true },
      { about: "EndSong/sjc", value: 5, isTrue: false },
    ]);
    expect(look({ metric: "lost", threshold: "1%" }, at)).toMatchObject([
      { value: 0.025, isTrue: true },
      { isTrue: false },
    ]);
  });

  it("duplicates count by datacenter, and never cancel losses", () => {
    const both = hour("12", {
      closedAt,
      lost: 20,
      duplicated: 20,
      lanes: [hourLane("ash", { lost: 20, delivered: 980 }), hourLane("sjc", { duplicated: 20, delivered: 1020 })],
    });
    const two = facts({ types: [type({ hours: [both] })] });
    expect(look({ metric: "duplicate_ratio", threshold: "1%" }, two)).toMatchObject([
      { about: "EndSong/sjc", value: 0.02 },
    ]);
    expect(look({ metric: "lost", threshold: "1%" }, two)).toMatchObject([{ about: "EndSong/ash", value: 0.02 }]);
  });

  it("events that no one produced are all duplicates", () => {
    const odd = hour("12", { closedAt, lanes: [hourLane("ash", { produced: 0, duplicated: 3, delivered: 3 })] });
    expect(
      look({ metric: "duplicate_ratio", threshold: "50%" }, facts({ types: [type({ hours: [odd] })] })),
    ).toMatchObject([{ value: 1, isTrue: true }]);
  });

  it("skew is of one datacenter where it is kept apart", () => {
    const skewed = hour("12", { closedAt, lanes: [hourLane("ash", { skewed: 25 }), hourLane("sjc")] });
    expect(
      look({ metric: "skew_ratio", threshold: "1%" }, facts({ types: [type({ hours: [skewed] })] })),
    ).toMatchObject([{ about: "EndSong/ash", value: 0.025, isTrue: true }]);
  });

  it("shares of few events are no finding while chance explains them", () => {
    const few = hour("12", { closedAt, lanes: [hourLane("ash", { delivered: 57, skewed: 1 })] });
    expect(look({ metric: "skew_ratio", threshold: "0.5%" }, facts({ types: [type({ hours: [few] })] }))).toEqual([]);
  });

  it("are no news before they are final, nor six hours after", () => {
    for (const minutes of [10, 15 + 6 * 60 + 1]) {
      const closed = minutesAgo(minutes);
      const old = { ...lossy, closedAt: closed, settledAt: new Date(closed.getTime() + 900_000) };
      expect(look({ metric: "lost", threshold: 1 }, facts({ types: [type({ hours: [old] })] }))).toEqual([]);
    }
  });

  it("are left as they are where the closed hours were not loaded", () => {
    expect(
      look({ metric: "lost", threshold: 1 }, facts({ types: [type({ hours: [lossy], withHistory: false })] })),
    ).toEqual([]);
  });
});

describe("watermarks", () => {
  const stuck = lane("sjc", { watermark: minutesAgo(40), movedAt: minutesAgo(35) });

  it("lag is how far one is behind", () => {
    const at = facts({ types: [type({ lanes: [lane("ash"), stuck] })] });
    expect(look({ metric: "watermark_lag", threshold: "30m" }, at)).toMatchObject([
      { about: "EndSong/ash", value: 360, isTrue: false },
      { about: "EndSong/sjc", value: 2400, isTrue: true, culprits: ["late/sjc"] },
    ]);
  });

  it("one stands still since it last moved, and says since when", () => {
    const at = facts({ types: [type({ lanes: [lane("ash"), stuck], hours: [hour("13")] })] });
    expect(look({ metric: "watermark_stalled", threshold: "15m" }, at)).toMatchObject([
      {
        about: "EndSong/sjc",
        value: 2100,
        isTrue: true,
        hours: ["13"],
        says: "EndSong: sjc's watermark has stalled at 2026-11-22 13:40 since 2026-11-22 13:45 UTC.",
      },
    ]);
  });

  it("one that steps by hours is not missed before its hour is usually done", () => {
    const hourly = (usual: LaneNow["usualDelay"]) =>
      facts({
        types: [
          type({ lanes: [lane("sjc", { watermark: hourAt("13"), movedAt: minutesAgo(70), usualDelay: usual })] }),
        ],
      });
    expect(
      look({ metric: "watermark_stalled", threshold: "15m" }, hourly({ p50Seconds: 900, p90Seconds: 1200 })),
    ).toEqual([]);
    expect(look({ metric: "watermark_stalled", threshold: "15m" }, hourly(null))).toMatchObject([
      { value: 1200, isTrue: true },
    ]);
    expect(look({ metric: "watermark_lag", threshold: "15m" }, hourly(null))).toMatchObject([{ value: 1200 }]);
  });

  it("one that never was says nothing, and one from beyond the horizon is an old story", () => {
    const never = lane("sjc", { watermark: null, movedAt: null });
    const old = lane("ash", { watermark: new Date("2001-01-03T17:30:00Z"), movedAt: new Date("2001-01-03T17:40:00Z") });
    const at = facts({ types: [type({ lanes: [never, old], watchedFrom: new Date("2001-01-01T00:00:00Z") })] });
    expect(look({ metric: "watermark_stalled", threshold: "15m" }, at)).toEqual([]);
    expect(look({ metric: "watermark_lag", threshold: "15m" }, at)).toEqual([]);
  });

  it("a backlog is as old as its oldest event, before the stage where that is longest", () => {
    const waiting = lane("sjc", {
      backlogs: [
        { stage: "published", oldestAgeSeconds: 60, messages: 5 },
        { stage: "delivered", oldestAgeSeconds: 5 * 86_400, messages: 4310 },
      ],
    });
    const at = facts({ types: [type({ lanes: [waiting] })] });
    expect(look({ metric: "backlog_age", threshold: "4d" }, at)).toMatchObject([
      { about: "EndSong/sjc", value: 432_000, isTrue: true },
    ]);
  });
});

describe("a backlog and its queue's retention", () => {
  const waiting = (backlogs: LaneNow["backlogs"]) => facts({ types: [type({ lanes: [lane("sjc", { backlogs })] })] });
  const rule = { metric: "backlog_retention", threshold: "50%" };

  it("is the share of the retention that the oldest event has used up, where it is largest", () => {
    const at = waiting([
      { stage: "published", oldestAgeSeconds: 86_400, messages: 5, retentionSeconds: 3 * 86_400 },
      { stage: "delivered", oldestAgeSeconds: 2 * 86_400, messages: 9, retentionSeconds: 3 * 86_400 },
    ]);
    expect(look(rule, at)).toMatchObject([{ about: "EndSong/sjc", value: 2 / 3, isTrue: true }]);
  });

  it("says nothing where no source says how long events are kept", () => {
    expect(look(rule, waiting([{ stage: "delivered", oldestAgeSeconds: 6 * 86_400, messages: 9 }]))).toEqual([]);
    expect(
      look(rule, waiting([{ stage: "delivered", oldestAgeSeconds: 60, messages: 9, retentionSeconds: null }])),
    ).toEqual([]);
  });
});

describe("datacenters and Tidemark", () => {
  const watchedFrom = new Date("2026-11-01T00:00:00Z");

  it("a datacenter is silent while others are heard", () => {
    const at = facts({
      datacenters: [
        { name: "ash", lastSeenAt: minutesAgo(0), watchedFrom },
        { name: "sjc", lastSeenAt: minutesAgo(76), watchedFrom },
      ],
      types: [type({ hours: [hour("13")] })],
    });
    expect(look({ metric: "datacenter_silence", threshold: "15m" }, at)).toMatchObject([
      {
        about: "sjc",
        value: 4560,
        isTrue: true,
        says: "sjc has sent nothing since 2026-11-22 13:04 UTC. 1 event type held up.",
      },
    ]);
  });

  it("when no datacenter is heard, ingest is at fault and no datacenter is blamed", () => {
    const at = facts({
      lastIngestAt: minutesAgo(30),
      datacenters: ["ash", "sjc"].map((name) => ({ name, lastSeenAt: minutesAgo(30), watchedFrom })),
    });
    expect(look({ metric: "datacenter_silence", threshold: "15m" }, at)).toEqual([]);
    expect(look({ metric: "telemetry_blind", threshold: "15m" }, at)).toMatchObject([
      { about: "", value: 1800, isTrue: true, culprits: ["blind/null"] },
    ]);
  });

  it("deafness is unknown before the first message", () => {
    expect(look({ metric: "telemetry_blind", threshold: "15m" }, facts({ lastIngestAt: null }))).toMatchObject([
      { value: null },
    ]);
  });

  it("one that was just claimed has not been silent for longer", () => {
    const at = facts({ datacenters: [{ name: "sjc", lastSeenAt: null, watchedFrom: minutesAgo(3) }] });
    expect(look({ metric: "datacenter_silence", threshold: "15m" }, at)).toMatchObject([{ value: 180, isTrue: false }]);
  });

  it("a silence that began before the claim counts from the claim, and is dated from the last message", () => {
    const lastSeenAt = minutesAgo(90);
    const sjc = { name: "sjc", lastSeenAt, watchedFrom: minutesAgo(20) };
    const ash = { name: "ash", lastSeenAt: minutesAgo(0), watchedFrom: minutesAgo(20) };
    const found = observe({ metric: "datacenter_silence", threshold: "15m" }, facts({ datacenters: [ash, sjc] }));
    expect(found.map(({ reading: { datacenter, value, since } }) => ({ datacenter, value, since }))).toEqual([
      { datacenter: "sjc", value: 1200, since: lastSeenAt },
    ]);
  });
});

describe("deployment_regression", () => {
  const slow = (eventType: string, minutes: number) =>
    type({ eventType, lanes: [lane("ash"), lane("sjc", { watermark: minutesAgo(minutes) })] });
  const deployment = {
    id: "1",
    datacenter: "sjc",
    component: "exporter",
    version: "4.2.1",
    deployedAt: minutesAgo(40),
  };
  const types = [slow("A", 30), slow("B", 24), slow("C", 6)];

  it("is how many times further than usual the middle type is behind, and names what was deployed", () => {
    const [seen] = look({ metric: "deployment_regression", threshold: 2 }, facts({ deployments: [deployment], types }));
    expect(seen).toMatchObject({ about: "sjc", value: 3, isTrue: true, culprits: ["late/sjc"] });
    expect(seen?.says).toContain("40 min after exporter 4.2.1 was deployed there at 2026-11-22 13:40 UTC");
  });

  it("says nothing without a deployment there, or with too few types", () => {
    expect(look({ metric: "deployment_regression", threshold: 2 }, facts({ types }))).toEqual([]);
    const elsewhere = { ...deployment, datacenter: "ash" };
    const [seen] = look({ metric: "deployment_regression", threshold: 2 }, facts({ deployments: [elsewhere], types }));
    expect(seen).toMatchObject({ about: "ash", isTrue: false });
    const without = types.map((each) => ({ ...each, lanes: each.lanes.map((one) => ({ ...one, usualDelay: null })) }));
    expect(
      look({ metric: "deployment_regression", threshold: 2 }, facts({ deployments: [deployment], types: without })),
    ).toEqual([]);
  });
});

describe("burn_rate", () => {
  const windows = [{ long: "6h", short: "30m", factor: 6 }];
  const closed = (name: string, delayMinutes: number, more: Partial<HourNow> = {}) =>
    hour(name, { closedAt: new Date(hourEnd(hourAt(name)).getTime() + delayMinutes * 60_000), ...more });

  it("weighs by events: a small late hour burns little, a large one much", () => {
    const usual = ["06", "07", "08", "09", "10"].map((name) => closed(name, 10));
    const small = closed("11", 130, { produced: 30, delivered: 30 });
    const large = closed("11", 130, {
      produced: 30_000,
      delivered: 30_000,
      lanes: [hourLane("ash", { closedAt: hourAt("12") }), hourLane("sjc", { closedAt: minutesAgo(10) })],
    });
    expect(
      look({ metric: "burn_rate", windows }, facts({ types: [type({ hours: [...usual, small] })] }))[0],
    ).toMatchObject({
      isTrue: false,
    });
    expect(
      look({ metric: "burn_rate", windows }, facts({ types: [type({ hours: [...usual, large] })] }))[0],
    ).toMatchObject({
      isTrue: true,
      culprits: ["late/sjc"],
      hours: ["11"],
    });
  });

  it("needs the short window too: what is over no longer burns", () => {
    const over = closed("08", 130, { produced: 30_000, delivered: 30_000 });
    expect(
      look({ metric: "burn_rate", windows }, facts({ types: [type({ hours: [over, closed("12", 10)] })] })),
    ).toEqual([]);
  });

  it("burns by what is lost against the completeness objective", () => {
    const lossy = closed("12", 30, { lost: 60, lanes: [hourLane("ash", { lost: 60 })] });
    expect(look({ metric: "burn_rate", windows }, facts({ types: [type({ hours: [lossy] })] }))).toMatchObject([
      { isTrue: true, culprits: ["lost/ash"] },
    ]);
  });

  it("says nothing where nothing is promised", () => {
    const objectives = { timeliness: null, completeness: null };
    const lossy = closed("12", 30, { lost: 600 });
    expect(look({ metric: "burn_rate", windows }, facts({ types: [type({ hours: [lossy], objectives })] }))).toEqual(
      [],
    );
  });
});

describe("volume_ratio", () => {
  const volume = { hour: hourAt("13"), expected: 1000, low: 900, high: 1100, isDrop: false };

  it("holds only where chance is no explanation", () => {
    const volumes = [
      { ...volume, datacenter: null, counted: 1900 },
      { ...volume, datacenter: "sjc", counted: 100, isDrop: true },
      { ...volume, datacenter: "ash", counted: 300 },
    ];
    expect(look({ metric: "volume_ratio", threshold: 0.5 }, facts({ types: [type({ volumes })] }))).toMatchObject([
      { about: "EndSong/sjc", value: 0.1, isTrue: true, culprits: ["volume/sjc", "volume/null"] },
    ]);
    expect(look({ metric: "volume_ratio", threshold: 1.5 }, facts({ types: [type({ volumes })] }))).toMatchObject([
      { about: "EndSong", value: 1.9, isTrue: true, culprits: ["volume/null"] },
    ]);
  });
});

describe("scope", () => {
  const late = (more: Partial<TypeFacts>) => type({ hours: [hour("12", { lanes: [hourLane("sjc")] })], ...more });
  const types = [
    late({ eventType: "A" }),
    late({ eventType: "B", tier: "low" }),
    late({ eventType: "C", owner: "ads", labels: {}, consumers: ["royalties", "billing"] }),
  ];
  const seen = (scope: object) =>
    look({ metric: "closing_delay", threshold: "1m", scope }, facts({ types })).map(({ about }) => about);

  it("is by tier, type, owner, consumer, label and datacenter; all that is said must match", () => {
    expect(seen({})).toEqual(["A", "B", "C"]);
    expect(seen({ tier: "high" })).toEqual(["A", "C"]);
    expect(seen({ eventType: ["B", "C"] })).toEqual(["B", "C"]);
    expect(seen({ owner: "ads", tier: "high" })).toEqual(["C"]);
    expect(seen({ consumer: ["billing", "charts"], tier: "high" })).toEqual(["A", "C"]);
    expect(seen({ consumer: "unknown" })).toEqual([]);
    expect(seen({ labels: { domain: "music" } })).toEqual(["A", "B"]);
    expect(seen({ datacenter: "sjc" })).toEqual(["A", "B", "C"]);
    expect(seen({ datacenter: "ash" })).toEqual([]);
  });
});

describe("reporters_missing", () => {
  const missing = (name: string, more: Partial<HourNow> = {}) =>
    hour(name, {
      lanes: [
        hourLane("ash", { reportersExpected: 4, reportersMissing: 0 }),
        hourLane("sjc", { reportersExpected: 14, reportersMissing: 2 }),
      ],
      ...more,
    });
  const read = (...hours: HourNow[]) =>
    look({ metric: "reporters_missing", threshold: 1 }, facts({ types: [type({ hours })] }));

  it("counts who is missing at a datacenter, of hours that are closed and of those that are not", () => {
    expect(read(missing("11"), missing("10", { closedAt: minutesAgo(70) }))).toEqual([
      expect.objectContaining({
        about: "EndSong/sjc",
        value: 2,
        hours: ["11", "10"],
        isTrue: true,
        // One host's death is one cause for every type that it counts.
        culprits: ["unreported/sjc", "late/sjc"],
      }),
    ]);
  });

  it("waits a quarter of an hour after the hour's end, and leaves old hours alone", () => {
    expect(read(missing("12", { hour: new Date(now.getTime() - 70 * 60_000) }))).toEqual([]);
    expect(read(missing("02", { closedAt: minutesAgo(9 * 60) }))).toEqual([]);
  });
});

describe("dead_letters, expired_deadlines, late_messages", () => {
  const counted = (name: CountName, at: string, count: number, sharedBy = 1) => ({
    ...{ name, hour: hourAt(at), count, sharedBy },
    resource: "subscription plays-sjc",
  });
  const at = (...counts: ReturnType<typeof counted>[]) =>
    facts({ types: [type({ lanes: [lane("ash", { counted: [] }), lane("sjc", { counted: counts })] })] });

  it("add up the full hours that overlap the window, by datacenter", () => {
    const found = at(
      counted("dead_letters", "12", 900),
      counted("dead_letters", "13", 60),
      counted("dead_letters", "14", 40),
    );
    expect(look({ metric: "dead_letters", threshold: 100 }, found)).toEqual([
      {
        about: "EndSong/sjc",
        value: 100,
        isTrue: true,
        culprits: ["lost/sjc"],
        hours: [],
        says: "EndSong: 100 messages went to the dead-letter topic at sjc since 2026-11-22 13:00 UTC (subscription plays-sjc). They are not delivered unless they are sent again.",
      },
    ]);
    expect(look({ metric: "dead_letters", threshold: 100, window: "2h" }, found)[0]?.value).toBe(1_000);
  });

  it("say that several event types share what is counted, and count nothing of another kind", () => {
    const found = at(counted("late_messages", "14", 3, 4));
    expect(look({ metric: "late_messages", threshold: 1 }, found)[0]).toMatchObject({
      culprits: ["skewed/sjc"],
      says: expect.stringContaining("(subscription plays-sjc, shared by 4 event types)"),
    });
    expect(look({ metric: "expired_deadlines", threshold: 1 }, found)).toEqual([]);
  });

  it("are normal where nothing was counted, and where no source counts", () => {
    expect(look({ metric: "expired_deadlines", threshold: 1 }, at())).toEqual([]);
    expect(look({ metric: "expired_deadlines", threshold: 1 }, facts())).toEqual([]);
  });
});
