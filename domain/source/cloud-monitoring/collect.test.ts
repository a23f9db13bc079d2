import { describe, expect, test } from "vitest";
import {
  type Collection,
  collectSeries,
  type KnownReading,
  type MonitoringSeries,
  monitoringMetrics,
  parseSource,
  readingKey,
  rememberMapped,
  windowStart,
} from "../../source.ts";

const parsed = parseSource({
  cloudMonitoring: {
    project: "music",
    subscriptions: [{ match: "(?<type>\\w+)-(?<dc>ams|lon)", eventType: "$type", datacenter: "$dc", retention: "3d" }],
    jobs: [{ match: "(?<type>\\w+)-etl-(?<dc>ams|lon).*", eventType: "$type", datacenter: "$dc", component: "etl" }],
  },
});
if (!parsed.ok || !parsed.spec.cloudMonitoring) throw new Error("invalid");
const spec = parsed.spec.cloudMonitoring;
const mappers = { subscription: rememberMapped(spec.subscriptions), job: rememberMapped(spec.jobs) };
const now = new Date("2026-11-22T13:20:00Z");
const at = (time: string) => new Date(`2026-11-22T${time}Z`);

type Name = (typeof monitoringMetrics)[number]["name"];
type Values = readonly (number | string | null)[];
/** Points a minute apart, the newest at 13:18 first. */
function series(name: Name, id: string, values: Values, more: Partial<MonitoringSeries> = {}): MonitoringSeries {
  const metric = monitoringMetrics.find((each) => each.name === name);
  if (!metric) throw new Error(name);
  const points = values.map((value, back) => ({ at: new Date(at("13:18:00").getTime() - back * 60_000), value }));
  const isJob = metric.resource === "dataflow_job";
  return {
    metric,
    project: "music",
    id,
    region: isJob ? "eu" : null,
    jobId: isJob ? "2026-11-20_1" : null,
    points,
    ...more,
  };
}
const look = (all: MonitoringSeries[], known: ReadonlyMap<string, KnownReading> = new Map()) =>
  collectSeries(all, { project: "music", retentionSeconds: spec.retention, known, mappers, now });
const knownOf = ({ readings }: Pick<Collection, "readings">, later: Record<string, Partial<KnownReading>> = {}) =>
  new Map<string, KnownReading>(
    readings.map(({ resource, metric, value, text, at: end }) => [
      readingKey(resource, metric),
      { value, text, at: end, ...later[metric] },
    ]),
  );
const events = ({ events: made }: Pick<Collection, "events">, kind: string) =>
  made.filter(({ type }) => type === `tidemark.${kind}.v1`).map(({ data }) => data);
const values = ({ readings }: Pick<Collection, "readings">) =>
  Object.fromEntries(readings.map(({ metric, value, text }) => [metric, value ?? text]));

describe("backlogs", () => {
  const age = "oldest_unacked_message_age_by_region";
  const count = "num_unacked_messages_by_region";

  test("regions of a subscription add up: the oldest age, the sum of messages, at the newest point's end", () => {
    const made = look([
      series(age, "EndSong-ams", [90, 30], { region: "eu" }),
      series(age, "EndSong-ams", [20], { region: "us" }),
      series(count, "EndSong-ams", [5], { region: "eu" }),
      series(count, "EndSong-ams", [7], { region: "us" }),
    ]);
    expect(made.events).toMatchObject([
      {
        time: at("13:18:00"),
        data: { dc: "ams", eventType: "EndSong", stage: "delivered", oldestAgeSeconds: 90, messages: 12 },
      },
    ]);
    expect(made.resources).toMatchObject([{ id: "EndSong-ams", lanes: [{ retentionSeconds: 3 * 86_400 }] }]);
  });

  test("the global series stands in for a subscription that has none by region", () => {
    const made = look([
      series(age, "EndSong-ams", [90]),
      series("oldest_unacked_message_age", "EndSong-ams", [4]),
      series("oldest_unacked_message_age", "AdClick-lon", [6]),
    ]);
    expect(events(made, "backlog").map((data) => [data.eventType, data.oldestAgeSeconds])).toEqual([
      ["EndSong", 90],
      ["AdClick", 6],
    ]);
  });

  test("a missing series says nothing, and a point that was seen before makes no fact", () => {
    expect(look([]).events).toEqual([]);
    const first = look([series(age, "EndSong-ams", [90])]);
    expect(look([series(age, "EndSong-ams", [90])], knownOf(first)).events).toEqual([]);
  });

  test("series of other projects in a shared metrics scope are left out", () => {
    const made = look([series(age, "EndSong-ams", [9_000], { project: "other" }), series(age, "EndSong-ams", [90])]);
    expect(events(made, "backlog")).toMatchObject([{ oldestAgeSeconds: 90 }]);
    expect(made.resources.length).toBe(1);
  });

  test("an id without a pattern is listed as not mapped, and nothing is made of it", () => {
    const made = look([series(age, "unknown", [90])]);
    expect([made.events, made.resources]).toEqual([[], [{ kind: "subscription", id: "unknown", lanes: [] }]]);
  });

  test.each([
    [-86_400, "cannot be negative"],
    [null, "is no usable number"],
    ["x", "is no usable number"],
  ])("an age of %s is reported and not used", (value, must) => {
    const made = look([series(age, "EndSong-ams", [value])]);
    expect(made.events).toEqual([]);
    expect(made.problems).toEqual([expect.stringContaining(must)]);
  });

  test("an age a little below zero is a clock that differs", () => {
    expect(events(look([series(age, "EndSong-ams", [-3])]), "backlog")).toMatchObject([{ oldestAgeSeconds: 0 }]);
  });

  test("a job's lag is the backlog of a lane without a subscription", () => {
    const made = look([
      series("system_lag", "EndSong-etl-ams", [40]),
      series("system_lag", "AdClick-etl-lon", [50]),
      series(age, "EndSong-ams", [90]),
    ]);
    expect(events(made, "backlog").map((data) => [data.eventType, data.oldestAgeSeconds])).toEqual([
      ["EndSong", 90],
      ["AdClick", 50],
    ]);
  });
});

describe("jobs", () => {
  test("the bytes that wait are a reading, and no backlog: that is time and messages", () => {
    const made = look([series("backlog_bytes", "EndSong-etl-ams", [4_096, 1_024])]);
    expect(values(made).backlog_bytes).toBe(4_096);
    expect(events(made, "backlog")).toEqual([]);
  });

  const age = "data_watermark_age";

  test("the watermark is the point's end less its age, and who runs is a heartbeat", () => {
    const made = look([series(age, "EndSong-etl-ams", [600]), series("is_failed", "EndSong-etl-ams", [0])]);
    expect(events(made, "watermark")).toEqual([
      { dc: "ams", marks: [{ eventType: "EndSong", watermark: "2026-11-22T13:08:00Z" }] },
    ]);
    expect(events(made, "heartbeat")).toEqual([
      { dc: "ams", component: "etl", instance: "2026-11-20_1", version: "2026-11-20_1" },
    ]);
    expect(events(made, "deployment")).toEqual([]);
  });

  test("another run of a job is a deployment, and only its own points count", () => {
    const before = knownOf(look([series(age, "EndSong-etl-ams", [600])]), {
      job_id: { at: at("13:17:00") },
      data_watermark_age: { at: at("13:17:00") },
    });
    const made = look(
      [series(age, "EndSong-etl-ams", [60], { jobId: "2026-11-22_9" }), series(age, "EndSong-etl-ams", [5_000])],
      before,
    );
    expect(events(made, "deployment")).toEqual([{ dc: "ams", component: "etl", version: "2026-11-22_9" }]);
    expect(events(made, "watermark")).toMatchObject([{ marks: [{ watermark: "2026-11-22T13:17:00Z" }] }]);
  });

  test("the watermark has the time of its own point, and metrics that are visible earlier make no other of it", () => {
    const metric = series(age, "EndSong-etl-ams", [600]);
    const older = { ...metric, points: [{ at: at("13:15:00"), value: 600 }] };
    const made = look([older, series("status", "EndSong-etl-ams", ["Running"])]);
    const times = ({ events: all }: typeof made) =>
      all.filter(({ type }) => type === "tidemark.watermark.v1").map(({ time }) => time);
    expect(times(made)).toEqual([at("13:15:00")]);
    const known = knownOf(made, { status: { at: at("13:17:00") } });
    const again = look([older, series("status", "EndSong-etl-ams", ["Running"])], known);
    expect([times(again), events(again, "heartbeat").length]).toEqual([[], 1]);
  });

  test("of several jobs of a lane the lowest watermark counts, also of one that is not seen now", () => {
    const both = [series(age, "EndSong-etl-ams", [60]), series(age, "EndSong-etl-ams-2", [3_600])];
    expect(events(look(both), "watermark")).toMatchObject([{ marks: [{ watermark: "2026-11-22T12:18:00Z" }] }]);
    const known = knownOf(look(both), { data_watermark_age: { at: at("13:10:00") } });
    expect(events(look(both.slice(0, 1), known), "watermark")).toMatchObject([
      { marks: [{ watermark: "2026-11-22T12:10:00Z" }] },
    ]);
  });

  test("a job that is not seen any more says what it still holds, and for how long", () => {
    const both = [series(age, "EndSong-etl-ams", [60]), series(age, "EndSong-etl-ams-2", [3_600])];
    const known = knownOf(look(both), { data_watermark_age: { at: at("13:00:00") } });
    expect(look(both.slice(0, 1), known).problems).toEqual([
      "job EndSong-etl-ams-2 is not seen since 2026-11-22T13:00:00Z. It still holds the watermark of EndSong at ams at 2026-11-22T12:00:00Z, until it is seen again, at the latest until 2026-11-23T13:00:00Z.",
    ]);
    const gap = knownOf(look(both), { data_watermark_age: { at: at("13:12:00") } });
    expect(look(both.slice(0, 1), gap).problems).toEqual([]);
  });

  test.each<[string, MonitoringSeries[]]>([
    ["is drained: its watermark is at infinity", [series(age, "EndSong-etl-ams", [-251_000_000_000])]],
    ["has failed", [series(age, "EndSong-etl-ams", [60]), series("is_failed", "EndSong-etl-ams", [1])]],
    ["has ended (Drained)", [series(age, "EndSong-etl-ams", [60]), series("status", "EndSong-etl-ams", ["Drained"])]],
  ])("a job that %s stops its watermark and its heartbeats, and says so", (what, given) => {
    const made = look(given);
    expect([events(made, "watermark"), events(made, "heartbeat")]).toEqual([[], []]);
    expect(made.problems).toEqual([
      `job EndSong-etl-ams ${what}. Its watermark stopped there, and closes no further hours.`,
    ]);
  });
});

describe("counts", () => {
  const dead = "dead_letter_message_count";
  test("add up what is newer than the known point, by the hour that each minute lies in", () => {
    const points = (times: [string, number][]) => times.map(([time, value]) => ({ at: at(time), value }));
    const first = series(dead, "EndSong-ams", [], {
      points: points([
        ["13:01:00", 4],
        ["13:00:00", 2],
        ["12:59:00", 1],
      ]),
    });
    const made = look([first]);
    expect(made.readings[0]?.counts).toEqual([
      { hour: at("13:00:00"), count: 4 },
      { hour: at("12:00:00"), count: 3 },
    ]);
    const again = look(
      [
        {
          ...first,
          points: points([
            ["13:02:00", 8],
            ["13:01:00", 4],
          ]),
        },
      ],
      knownOf(made),
    );
    expect(again.readings[0]?.counts).toEqual([{ hour: at("13:00:00"), count: 8 }]);
    expect(values(again)).toEqual({ [dead]: 8 });
  });

  test("are asked for since the newest known point, at most a day back, so that no minute is lost", () => {
    const metric = monitoringMetrics.find(({ name }) => name === dead);
    if (!metric) throw new Error(dead);
    expect(windowStart(metric, null, now)).toEqual(at("13:14:00"));
    expect(windowStart(metric, at("10:00:00"), now)).toEqual(at("09:54:00"));
    expect(windowStart(metric, new Date("2026-11-01T00:00:00Z"), now)).toEqual(new Date("2026-11-21T13:20:00Z"));
  });
});
