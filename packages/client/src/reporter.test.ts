import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import {
  BadInput,
  type Fault,
  openReporter,
  type Refusal,
  Refused,
  type Reporter,
  type ReporterOptions,
} from "./index.ts";
import type { CloudEvent, CountersData, EventData } from "./messages.ts";

let folder: string;
let now: Date;
let taken: CloudEvent[];
let requests: number;
let refusals: Refusal[];
let errors: Error[];
let reporters: Reporter[];
/** What the receiver finds wrong with an event; it refuses the whole request then, as Tidemark does. */
let faultsOf: (event: CloudEvent) => Pick<Fault, "pointer" | "detail">[];
/** Whether it says what. */
let namesFaults: boolean;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "tidemark-reporter-"));
  now = new Date("2026-11-22T14:10:00Z");
  taken = [];
  requests = 0;
  refusals = [];
  errors = [];
  reporters = [];
  faultsOf = () => [];
  namesFaults = true;
});
afterEach(async () => {
  await Promise.all(reporters.map((reporter) => reporter.close({ withinMs: 0 })));
  await rm(folder, { recursive: true });
});

async function open(options: Partial<ReporterOptions> = {}): Promise<Reporter> {
  const reporter = await openReporter({
    dc: "lon",
    reporter: "svc",
    transport: {
      async send(events) {
        requests += 1;
        const faults = events.flatMap((event, index) =>
          faultsOf(event).map((fault) => ({ ...fault, event: index, retryAfterMs: null })),
        );
        if (faults.length > 0) throw new Refused("answered 400", namesFaults ? { faults } : {});
        taken.push(...structuredClone(events));
      },
      close: async () => undefined,
    },
    flushEveryMs: 3_600_000,
    onError: (error) => errors.push(error),
    onRefused: (refusal) => refusals.push(refusal),
    now: () => now,
    ...options,
  });
  reporters.push(reporter);
  return reporter;
}

const dataOf = <Type extends keyof EventData>(type: Type) =>
  taken.filter((event) => event.type === type).map(({ data }) => data as EventData[Type]);
const counts = () =>
  Object.fromEntries(
    dataOf("tidemark.counters.v1").flatMap(({ stage, reports }) =>
      reports.map(({ eventType, hour, events }) => [`${stage} ${eventType} ${hour}`, events]),
    ),
  );
const watermarks = () => dataOf("tidemark.watermark.v1").flatMap(({ marks }) => marks);
const hour = "2026-11-22T13";
const produced = (at: Date | string = hour) => ({ stage: "produced", at }) as const;
const faultsIn = (isBad: (report: CountersData["reports"][number]) => boolean) => (event: CloudEvent) =>
  event.type === "tidemark.counters.v1"
    ? (event.data as CountersData).reports.flatMap((report, index) =>
        isBad(report) ? [{ pointer: `/data/reports/${index}/eventType`, detail: "must be another" }] : [],
      )
    : [];

describe("a bad call", () => {
  test.each<[string, (reporter: Reporter) => void, string]>([
    ["an empty name", (each) => each.count("", produced()), "eventType"],
    ["a stage that there is not", (each) => each.count("T", { stage: "made" as never, at: hour }), "stage"],
    ["NaN", (each) => each.count("T", { ...produced(), events: Number.NaN }), "events"],
    ["infinity", (each) => each.count("T", { ...produced(), bytes: Number.POSITIVE_INFINITY }), "bytes"],
    ["a negative", (each) => each.count("T", { ...produced(), malformed: -1 }), "malformed"],
    ["a fraction", (each) => each.count("T", { ...produced(), events: 0.5 }), "events"],
    ["a date of long ago", (each) => each.count("T", produced(new Date("2019-01-01T00:00:00Z"))), "at"],
    ["no date", (each) => each.count("T", produced(new Date("yesterday"))), "at"],
    ["a landed hour far ahead", (each) => each.count("T", { ...produced(), landedAt: "2027-06-01T00" }), "landedAt"],
    ["a watermark of 9999", (each) => each.watermark("T", new Date("9999-12-31T23:59:59Z")), "watermark"],
    ["an hour that is not over", (each) => each.closeHour("T", now), "at"],
    ["a location of two lines", (each) => each.closeHour("T", hour, "a\nb"), "location"],
    ["a heartbeat of no component", (each) => each.heartbeat({ component: "", instance: "a" }), "component"],
    ["a link that is none", (each) => each.deployment({ component: "c", version: "1", url: "javascript:x" }), "url"],
    [
      "an age of 1e308",
      (each) => each.backlog({ eventType: "T", stage: "delivered", oldestAgeSeconds: 1e308 }),
      "oldestAgeSeconds",
    ],
    ["a declared nothing", (each) => each.declare(" "), "eventType"],
  ])("%s is refused where it is passed, with its name, and everything else goes on", async (_, call, field) => {
    const stateFile = join(folder, "state.json");
    const reporter = await open({ stateFile });
    reporter.count("EndSong", produced());
    expect(() => call(reporter)).toThrow(BadInput);
    expect(() => call(reporter)).toThrow(`\`${field}\``);
    reporter.count("EndSong", produced());
    await reporter.flush();
    expect(counts()).toEqual({ [`produced EndSong ${hour}`]: 2 });
    expect(JSON.parse(await readFile(stateFile, "utf8")).tallies).toHaveLength(1);
    expect([taken.length, errors, refusals]).toEqual([1, [], []]);
  });

  test("a datacenter or reporter of no name opens nothing", async () => {
    await expect(open({ dc: "" })).rejects.toThrow("`dc`");
    await expect(open({ reporter: "x".repeat(241) })).rejects.toThrow("`reporter`");
  });

  test("two ways of writing one hour or one name are one count", async () => {
    const reporter = await open();
    for (const at of [hour, `${hour}Z`, `${hour}:00:00Z`, new Date(`${hour}:59:59Z`)])
      reporter.count("Caf\u00e9", produced(at));
    reporter.count("Cafe\u0301", produced());
    await reporter.flush();
    expect(counts()).toEqual({ [`produced Caf\u00e9 ${hour}`]: 5 });
  });
});

describe.each([true, false])("a refused batch (the receiver names the faults: %s)", (named) => {
  beforeEach(() => {
    namesFaults = named;
  });

  test("is divided until the bad counts alone are left out, reported once and tried no more", async () => {
    const stateFile = join(folder, "state.json");
    const reporter = await open({ stateFile });
    for (let number = 0; number < 500; number += 1) reporter.count(`T${number}`, produced());
    faultsOf = faultsIn(({ eventType }) => ["T7", "T400"].includes(eventType));
    await reporter.flush();
    expect(Object.keys(counts())).toHaveLength(498);
    expect(refusals).toMatchObject([
      { what: "count", count: { eventType: "T7", hour, events: 1 } },
      { what: "count", count: { eventType: "T400", hour, events: 1 } },
    ]);
    expect(requests).toBeLessThan(50);
    const before = requests;
    await reporter.flush();
    expect(requests).toBe(before);
    expect(() => reporter.count("T7", produced())).toThrow("was refused by Tidemark");
    reporter.count("T8", produced());
    await reporter.flush();
    expect(counts()).toMatchObject({ [`produced T8 ${hour}`]: 2 });
    expect(await readFile(stateFile, "utf8")).not.toContain('"eventType":"T7","hour":"2026-11-22T13","landedHour"');
  });

  test("the watermark stops before an hour with refused counts, which is reported; other types' goes on", async () => {
    const reporter = await open();
    for (const type of ["EndSong", "AdClick"]) {
      reporter.count(type, { stage: "delivered", at: "2026-11-22T12" });
      reporter.count(type, { stage: "delivered", at: hour });
      reporter.watermark(type, new Date("2026-11-22T14:00:00Z"));
    }
    faultsOf = faultsIn((report) => report.eventType === "EndSong" && report.hour === hour);
    await reporter.flush();
    expect(watermarks()).toEqual([
      { eventType: "EndSong", watermark: "2026-11-22T13:00:00.000Z" },
      { eventType: "AdClick", watermark: "2026-11-22T14:00:00.000Z" },
    ]);
    expect(refusals).toMatchObject([{ what: "count" }, { what: "hour kept open", eventType: "EndSong", hour }]);
    expect(() => reporter.closeHour("EndSong", hour)).not.toThrow();
    await reporter.flush();
    expect(dataOf("tidemark.hour-closed.v1")).toEqual([]);
    expect(refusals).toHaveLength(3);
  });

  test("when nothing of it is the counts' fault all are kept, and sent once that is over", async () => {
    const reporter = await open();
    for (let number = 0; number < 50; number += 1) reporter.count(`T${number}`, produced());
    reporter.watermark("T0", new Date("2026-11-22T14:00:00Z"));
    reporter.closeHour("T1", hour);
    faultsOf = ({ time }) =>
      time > "2026-11-22T14:10" ? [] : [{ pointer: "/time", detail: "must be at most 10 minutes ahead" }];
    now = new Date("2026-11-22T14:09:00Z");
    // A gateway that refuses everything, whatever is in it.
    if (!named) faultsOf = () => [{ pointer: "", detail: "no" }];
    await reporter.flush();
    expect([taken, refusals]).toEqual([[], []]);
    expect(requests).toBeLessThan(20);
    faultsOf = () => [];
    await reporter.flush();
    expect(Object.keys(counts())).toHaveLength(50);
    expect(watermarks()).toHaveLength(1);
    expect(dataOf("tidemark.hour-closed.v1")).toHaveLength(1);
    expect(refusals).toEqual([]);
  });

  test("of other events the bad one alone is left out", async () => {
    const reporter = await open();
    for (const instance of ["a", "b", "c"]) reporter.heartbeat({ component: "exporter", instance });
    faultsOf = ({ data }) =>
      "instance" in data && data.instance === "b" ? [{ pointer: "/data/instance", detail: "no" }] : [];
    await reporter.flush();
    expect(dataOf("tidemark.heartbeat.v1").map(({ instance }) => instance)).toEqual(["a", "c"]);
    expect(refusals).toMatchObject([{ what: "event", event: { data: { instance: "b" } } }]);
  });
});

test("what may be taken later is held back alone, with its watermark", async () => {
  const transport = {
    send: async (events: readonly CloudEvent[]) => {
      const faults = events.flatMap((event, index) =>
        faultsIn(({ eventType }) => eventType === "NewType")(event).map((fault) => ({
          ...fault,
          event: index,
          retryAfterMs: 1_200_000,
        })),
      );
      if (faults.length > 0 && now < new Date("2026-11-22T14:30:00Z")) throw new Refused("answered 429", { faults });
      taken.push(...events);
    },
    close: async () => undefined,
  };
  const reporter = await open({ transport });
  for (const type of ["NewType", "EndSong"]) {
    reporter.count(type, produced());
    reporter.watermark(type, new Date("2026-11-22T14:00:00Z"));
  }
  await reporter.flush();
  expect(Object.keys(counts())).toEqual([`produced EndSong ${hour}`]);
  expect(watermarks().map(({ eventType, watermark }) => [eventType, watermark.slice(11, 13)])).toEqual([
    ["NewType", "13"],
    ["EndSong", "14"],
  ]);
  await reporter.flush();
  expect(taken).toHaveLength(2);
  now = new Date("2026-11-22T14:31:00Z");
  await reporter.flush();
  expect(counts()).toMatchObject({ [`produced NewType ${hour}`]: 1 });
  expect(watermarks().at(-1)).toEqual({ eventType: "NewType", watermark: "2026-11-22T14:00:00.000Z" });
  expect(refusals).toEqual([]);
});

test("a budget of new names that is used up, of which only the whole is said, holds back what is new alone", async () => {
  const isNew = (report: CountersData["reports"][number]) => report.eventType.startsWith("New");
  const transport = {
    send: async (events: readonly CloudEvent[]) => {
      const faults = events.flatMap((event, index) =>
        faultsIn(isNew)(event).length > 0
          ? [{ event: index, pointer: "", detail: "Too many new event types", retryAfterMs: 60_000 }]
          : [],
      );
      if (faults.length > 0) throw new Refused("answered 207", { faults, othersTaken: true });
      taken.push(...events);
    },
    close: async () => undefined,
  };
  const reporter = await open({ transport });
  for (const type of ["A", "NewB", "C", "D", "NewE"]) reporter.count(type, produced());
  await reporter.flush();
  expect(Object.keys(counts()).map((key) => key.split(" ")[1])).toEqual(["A", "C", "D"]);
  expect(refusals).toEqual([]);
  const { length } = taken;
  await reporter.flush();
  expect(taken).toHaveLength(length);
});

describe("a state file of the previous version", () => {
  const tally = {
    stage: "produced",
    reporter: "svc-1",
    eventType: "EndSong",
    hour,
    landedHour: hour,
    events: 10,
    bytes: 0,
    malformed: 0,
    changedAtMs: 1,
    sentEvents: 4,
  };
  const write = async (...tallies: object[]) => {
    const stateFile = join(folder, "state.json");
    await writeFile(stateFile, JSON.stringify({ reporter: "svc-1", tallies }));
    return stateFile;
  };

  test("goes on where it stopped", async () => {
    const reporter = await open({ stateFile: await write(tally, { ...tally, eventType: "AdClick", sentEvents: 10 }) });
    reporter.count("EndSong", produced());
    await reporter.flush();
    expect(dataOf("tidemark.counters.v1")).toMatchObject([
      { reporter: "svc-1", reports: [{ eventType: "EndSong", events: 11 }] },
    ]);
  });

  test.each<[string, object]>([
    ["NaN", { events: null }],
    ["an empty name", { eventType: "" }],
    ["a date of long ago", { hour: "0001-01-01T00", landedHour: "0001-01-01T00" }],
    ["a negative", { bytes: -5 }],
    ["a control character", { eventType: "a\u0000" }],
    ["no stage", { stage: null }],
  ])(
    "with a bad count (%s): it is set aside and reported, the rest is sent, and the next state is without it",
    async (_, bad) => {
      const stateFile = await write({ ...tally, eventType: "Bad", ...bad }, tally);
      const reporter = await open({ stateFile });
      expect(refusals).toMatchObject([{ what: "kept count", tally: bad }]);
      await reporter.flush();
      expect(counts()).toEqual({ [`produced EndSong ${hour}`]: 10 });
      expect(JSON.parse(await readFile(stateFile, "utf8")).tallies).toHaveLength(1);
    },
  );

  test("with a bad count: the hour stays open, and later counts of it go under another name", async () => {
    const reporter = await open({ stateFile: await write({ ...tally, events: null }) });
    reporter.count("EndSong", produced());
    reporter.watermark("EndSong", new Date("2026-11-22T14:00:00Z"));
    await reporter.flush();
    expect(dataOf("tidemark.counters.v1")[0]?.reporter).not.toBe("svc-1");
    expect(watermarks()).toEqual([{ eventType: "EndSong", watermark: "2026-11-22T13:00:00.000Z" }]);
  });

  test("with one name or hour written in two ways: both are one count", async () => {
    const stateFile = await write(
      { ...tally, eventType: "Caf\u00e9" },
      { ...tally, eventType: "Cafe\u0301", hour: `${hour}Z` },
    );
    await (await open({ stateFile })).flush();
    expect(counts()).toEqual({ [`produced Caf\u00e9 ${hour}`]: 20 });
  });

  test("counts that are too old and were taken are dropped silently", async () => {
    const stateFile = await write({ ...tally, hour: "2020-01-01T00", landedHour: "2020-01-01T00", sentEvents: 10 });
    await (await open({ stateFile })).flush();
    expect([refusals, taken]).toEqual([[], []]);
  });
});

describe("declare", () => {
  const later = (time: string) => {
    now = new Date(`2026-11-22T${time}:00Z`);
  };

  test("says zero for every hour without events once it is over, and for none that has some", async () => {
    const reporter = await open();
    reporter.declare("RefundIssued");
    reporter.declare("EndSong");
    reporter.count("EndSong", produced("2026-11-22T15"));
    await reporter.flush();
    later("16:01");
    await reporter.flush();
    expect(counts()).toEqual({
      "produced EndSong 2026-11-22T14": 0,
      "produced EndSong 2026-11-22T15": 1,
      "produced RefundIssued 2026-11-22T14": 0,
      "produced RefundIssued 2026-11-22T15": 0,
    });
  });
});

describe("close", () => {
  const last = () => taken.at(-1)?.data as CountersData;

  test("without a state file says that the reporter ends, after its counts, and a zero for the hour under way", async () => {
    const reporter = await open();
    reporter.declare("RefundIssued");
    reporter.count("EndSong", produced());
    await reporter.close();
    const [{ reporter: name } = { reporter: "" }] = dataOf("tidemark.counters.v1");
    expect(counts()).toMatchObject({ "produced RefundIssued 2026-11-22T14": 0 });
    expect(last()).toEqual({ dc: "lon", stage: "produced", reporter: name, final: true, reports: [] });
  });

  test("with a state file says so when asked to: the next process goes on under the name", async () => {
    const stateFile = join(folder, "state.json");
    const reporter = await open({ stateFile });
    reporter.count("EndSong", produced());
    await reporter.close();
    expect(last().final).toBeUndefined();
    const next = await open({ stateFile });
    await next.close({ final: true });
    expect(last()).toMatchObject({ final: true });
  });

  test("says no end while something that was counted is not taken", async () => {
    const reporter = await open();
    reporter.count("EndSong", produced());
    faultsOf = () => [{ pointer: "/time", detail: "ahead" }];
    await reporter.close();
    expect(taken).toEqual([]);
  });

  test("is not held up by a transport that never answers; what is counted afterwards is refused", async () => {
    const reporter = await open({
      transport: { send: () => new Promise(() => undefined), close: async () => undefined },
    });
    reporter.count("EndSong", produced());
    await reporter.close({ withinMs: 50 });
    expect(() => reporter.count("EndSong", produced())).toThrow("closed");
  });

  test("keeps the latest counts in the state file although none is accepted", async () => {
    const stateFile = join(folder, "state.json");
    const transport = { send: () => new Promise<void>(() => undefined), close: async () => undefined };
    const reporter = await open({ stateFile, transport });
    reporter.count("EndSong", produced());
    // Where writing the state file takes longer than the close may, the flush ends with it.
    const flushing = reporter.flush().catch((error: Error) => expect(error.name).toBe("AbortError"));
    reporter.count("EndSong", produced());
    reporter.closeHour("EndSong", hour);
    await reporter.close({ withinMs: 50 });
    await (await open({ stateFile })).flush();
    expect(counts()).toEqual({ [`produced EndSong ${hour}`]: 2 });
    expect(dataOf("tidemark.hour-closed.v1")).toHaveLength(1);
    void flushing;
  });
});

test("an error in the caller's own functions ends nothing", async () => {
  const warned: Error[] = [];
  const onWarning = (warning: Error) => warned.push(warning);
  process.on("warning", onWarning);
  const throws = () => {
    throw new Error("the caller's own");
  };
  const reporter = await open({ onError: throws, onRefused: throws });
  reporter.count("Bad", produced());
  reporter.count("EndSong", produced());
  faultsOf = faultsIn(({ eventType }) => eventType === "Bad");
  await reporter.flush();
  await new Promise((resolve) => setImmediate(resolve));
  process.off("warning", onWarning);
  expect(Object.keys(counts())).toEqual([`produced EndSong ${hour}`]);
  expect(warned.map(({ message }) => message)).toContain("the caller's own");
});

test("keeps the latest of replacing events while none is accepted, and never more than the bound", async () => {
  const reporter = await open();
  for (let number = 0; number < 100; number += 1)
    reporter.backlog({ eventType: "EndSong", stage: "delivered", oldestAgeSeconds: number });
  for (let number = 0; number < 10_001; number += 1) reporter.deployment({ component: "c", version: String(number) });
  expect(refusals).toMatchObject([
    { what: "event", event: { type: "tidemark.backlog.v1", data: { oldestAgeSeconds: 99 } } },
    { what: "event" },
  ]);
  await reporter.flush();
  expect(taken).toHaveLength(10_000);
});
