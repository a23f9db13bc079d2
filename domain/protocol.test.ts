import { CloudEvent, HTTP } from "cloudevents";
import { describe, expect, test } from "vitest";
import { type Message, parseBinaryEvent, parseEvent, parseQueueMessage } from "./protocol.ts";

const now = new Date("2026-11-22T14:00:00Z");
const envelope = { specversion: "1.0", id: "m-1", source: "/lon/counter-1", time: "2026-11-22T13:59:00Z" };
const marks = {
  type: "tidemark.watermark.v1",
  data: { dc: "lon", marks: [{ eventType: "EndSong", watermark: "2026-11-22T13:41:00Z" }] },
};
const report = { eventType: "EndSong", hour: "2026-11-22T13", events: 5 };
const counters = (...reports: unknown[]) => ({
  ...envelope,
  type: "tidemark.counters.v1",
  data: { dc: "lon", stage: "produced", reporter: "counter-1", reports },
});

function messageOf(event: unknown): Message {
  const parsed = parseEvent(event, now);
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.faults));
  return parsed.message;
}

/** pointer → detail */
function faultsOf(event: unknown): Record<string, string> {
  const parsed = parseEvent(event, now);
  return parsed.ok ? {} : Object.fromEntries(parsed.faults.map((fault) => [fault.pointer, fault.detail]));
}

describe("each type", () => {
  const said = { source: "/lon/counter-1", id: "m-1", time: new Date("2026-11-22T13:59:00Z") };

  test("counters, with what may be left out", () => {
    expect(messageOf(counters(report))).toEqual({
      ...said,
      kind: "counters",
      dc: "lon",
      stage: "produced",
      reporter: "counter-1",
      epoch: 0,
      final: false,
      reports: [
        {
          eventType: "EndSong",
          hour: new Date("2026-11-22T13:00:00Z"),
          landedHour: new Date("2026-11-22T13:00:00Z"),
          events: 5,
          bytes: null,
          malformed: null,
        },
      ],
    });
  });

  test("reads counters with every field", () => {
    const full = { ...report, landedHour: "2026-11-22T14:00Z", bytes: 900, malformed: 0 };
    const event = counters(full);
    const message = messageOf({ ...event, data: { ...event.data, stage: "delivered", epoch: 7, final: true } });
    expect(message).toMatchObject({
      stage: "delivered",
      epoch: 7,
      final: true,
      reports: [{ landedHour: new Date("2026-11-22T14:00:00Z"), bytes: 900, malformed: 0 }],
    });
  });

  test("reads a watermark", () => {
    expect(messageOf({ ...envelope, ...marks })).toEqual({
      ...said,
      kind: "watermark",
      dc: "lon",
      marks: [{ eventType: "EndSong", watermark: new Date("2026-11-22T13:41:00Z") }],
    });
  });

  test("reads an end-of-hour marker", () => {
    const data = {
      dc: "lon",
      marks: [
        { eventType: "A", hour: "2026-11-22T12" },
        { eventType: "B", hour: "2026-11-22T12", location: "gs://b/12" },
      ],
    };
    expect(messageOf({ ...envelope, type: "tidemark.hour-closed.v1", data })).toEqual({
      ...said,
      kind: "hour-closed",
      dc: "lon",
      marks: [
        { eventType: "A", hour: new Date("2026-11-22T12:00:00Z"), location: null },
        { eventType: "B", hour: new Date("2026-11-22T12:00:00Z"), location: "gs://b/12" },
      ],
    });
  });

  test("reads a heartbeat", () => {
    const data = { dc: "lon", component: "etl", instance: "etl-1", version: "1.2", startedAt: "2026-11-01T00:00:00Z" };
    expect(messageOf({ ...envelope, type: "tidemark.heartbeat.v1", data })).toEqual({
      ...said,
      kind: "heartbeat",
      ...data,
      startedAt: new Date("2026-11-01T00:00:00Z"),
    });
  });

  test("reads a deployment to every datacenter", () => {
    const data = { component: "etl", version: "1.3" };
    expect(messageOf({ ...envelope, type: "tidemark.deployment.v1", data })).toEqual({
      ...said,
      kind: "deployment",
      dc: null,
      ...data,
      deployedBy: null,
      url: null,
    });
  });

  test("reads a backlog", () => {
    const data = { eventType: "EndSong", stage: "delivered", oldestAgeSeconds: 12.5 };
    expect(messageOf({ ...envelope, type: "tidemark.backlog.v1", data })).toEqual({
      ...said,
      kind: "backlog",
      dc: null,
      ...data,
      messages: null,
    });
  });

  test("a message with nothing to report is a sign of life", () => {
    expect(messageOf(counters())).toMatchObject({ kind: "counters", reports: [] });
  });

  test("members of tomorrow and CloudEvents extensions are let through, null is absent", () => {
    const event = counters({ ...report, bytes: null, landedHour: null, colour: "blue" });
    expect(messageOf({ ...event, traceparent: "00-1", data: { ...event.data, region: "eu" } })).toMatchObject({
      reports: [{ bytes: null, landedHour: new Date("2026-11-22T13:00:00Z") }],
    });
  });
});

describe("a mark cannot promise the future", () => {
  const watermarkOf = (watermark: string, time = "2026-11-22T13:59:00Z") =>
    faultsOf({
      ...envelope,
      time,
      type: "tidemark.watermark.v1",
      data: { dc: "lon", marks: [{ eventType: "EndSong", watermark }] },
    })["/data/marks/0/watermark"];
  const closedOf = (hour: string, time: string) =>
    faultsOf({
      ...envelope,
      time,
      type: "tidemark.hour-closed.v1",
      data: { dc: "lon", marks: [{ eventType: "EndSong", hour }] },
    })["/data/marks/0/hour"];

  test("a watermark up to 10 minutes after its message's time is let through, for clocks that differ", () => {
    expect(watermarkOf("2026-11-22T14:09:00Z")).toBeUndefined();
    expect(watermarkOf("2026-11-22T14:09:00.001Z")).toContain("is 11 minutes after the event's `time`.");
  });

  test.each([
    ["2026-11-22T14:11:00Z", "12 minutes"],
    ["2026-11-22T16:59:00Z", "3 hours"],
    ["2026-11-25T13:59:00Z", "3 days"],
    // What a drained Dataflow or Beam pipeline emits.
    ["9999-12-31T23:59:59Z", "7,979 years"],
  ])("a watermark of %s is a fault that says by how much: %s", (watermark, length) => {
    expect(watermarkOf(watermark)).toBe(
      `\`watermark\` is ${length} after the event's \`time\`. A watermark cannot be ahead of the moment it was observed. At most 10 minutes are allowed, for clocks that differ.`,
    );
  });

  test("a host that boots in 1970 closes no hour that it never saw", () => {
    expect(watermarkOf("2026-11-22T13:41:00Z", "1970-01-01T00:00:09Z")).toContain("57 years after");
    expect(closedOf("2026-11-22T12", "1970-01-01T00:00:09Z")).toContain("57 years after");
  });

  test("an hour that is closed has ended, or ends within 10 minutes", () => {
    expect(closedOf("2026-11-22T13", "2026-11-22T13:50:00Z")).toBeUndefined();
    expect(closedOf("2026-11-22T13", "2026-11-22T13:49:00Z")).toBe(
      "`hour` 2026-11-22T13 ends 11 minutes after the event's `time`. An hour cannot be closed before its end. At most 10 minutes are allowed, for clocks that differ.",
    );
  });

  test("a time that is at fault itself is the only fault", () => {
    expect(watermarkOf("9999-12-31T23:59:59Z", "yesterday")).toBeUndefined();
  });
});

describe("names", () => {
  const named = (eventType: string) => {
    const message = messageOf(counters({ ...report, eventType }));
    return message.kind === "counters" ? message.reports[0]?.eventType : null;
  };

  test("are normalised, so that what looks the same is the same", () => {
    expect(named("Cafe\u0301")).toBe("Caf\u00e9");
    expect(messageOf({ ...envelope, ...marks, data: { ...marks.data, dc: "Zu\u0308rich" } })).toMatchObject({
      dc: "Z\u00fcrich",
    });
  });

  test("are measured in code points once they are normalised", () => {
    expect(named("🎵".repeat(255))).toHaveLength(510);
    expect(named("e\u0301".repeat(255))).toBe("é".repeat(255));
    expect(Object.keys(faultsOf(counters({ ...report, eventType: "🎵".repeat(256) })))).toHaveLength(1);
  });

  test.each(["a", "End Song", "a/b", "...", "ß", "日本語", "a\u200bb", "%41", "👩‍🚀"])("%j is one", (name) => {
    expect(named(name)).toBe(name);
  });

  test.each([
    "",
    " ",
    " a",
    "a ",
    "\u00a0a",
    "a\u2003",
    ".",
    "..",
    "a\tb",
    "a\u009fb",
    "a\ufffe",
    "\ufdd0",
    "\u{1ffff}",
    "a\udc00",
  ])("%j is none, whatever it names", (name) => {
    const asType = counters({ ...report, eventType: name });
    const asDc = { ...asType, data: { ...asType.data, dc: name, reporter: name, reports: [] } };
    const heartbeat = {
      ...envelope,
      type: "tidemark.heartbeat.v1",
      data: { dc: "lon", component: name, instance: name },
    };
    expect(Object.keys(faultsOf(asType))).toEqual(["/data/reports/0/eventType"]);
    expect(Object.keys(faultsOf(asDc))).toEqual(["/data/dc", "/data/reporter"]);
    expect(Object.keys(faultsOf(heartbeat))).toEqual(["/data/component", "/data/instance"]);
  });
});

describe("the envelope", () => {
  test.each([
    ["/specversion", { specversion: "0.3" }],
    ["/specversion", { specversion: undefined }],
    ["/id", { id: "" }],
    ["/id", { id: 7 }],
    ["/id", { id: "x".repeat(401) }],
    ["/source", { source: undefined }],
    ["/source", { source: "a\0b" }],
    ["/time", { time: undefined }],
    ["/time", { time: "2026-11-22T13:59:00" }],
    ["/time", { time: 1_763_000_000 }],
    ["/type", { type: "tidemark.counters.v2" }],
    ["/type", { type: "constructor" }],
    ["/type", { type: undefined }],
    ["/datacontenttype", { datacontenttype: "application/avro" }],
    ["/datacontenttype", { datacontenttype: "text/plain; charset=json" }],
    ["/data", { data: undefined }],
    ["/data", { data: null }],
    ["/data", { data: [] }],
    ["/data", { data: "{}" }],
    ["/data_base64", { data_base64: "e30=" }],
    ["/data_base64", { data: undefined, data_base64: "***" }],
    ["/data_base64", { data: undefined, data_base64: btoa("[1]") }],
  ])("a fault at %s for %j", (pointer, change) => {
    expect(Object.keys(faultsOf({ ...counters(report), ...change }))).toEqual([pointer]);
  });

  test.each([null, 1, "x", [], [counters(report)]])("%j is no event", (event) => {
    expect(Object.keys(faultsOf(event))).toEqual([""]);
  });

  test("a time up to 10 minutes ahead is let through, a moment more is a fault that says both instants", () => {
    expect(faultsOf({ ...counters(report), time: "2026-11-22T14:10:00Z" })).toEqual({});
    expect(faultsOf({ ...counters(report), time: "2026-11-22T14:10:00.001Z" })).toEqual({
      "/time":
        'must be at most 10 minutes ahead of now, which is 2026-11-22T14:00:00.000Z; found "2026-11-22T14:10:00.001Z"',
    });
  });

  test("an unknown type lists the known ones", () => {
    expect(faultsOf({ ...counters(report), type: "x" })["/type"]).toBe(
      'must be one of tidemark.counters.v1, tidemark.watermark.v1, tidemark.hour-closed.v1, tidemark.heartbeat.v1, tidemark.deployment.v1, tidemark.backlog.v1; found "x"',
    );
  });

  test.each([
    "application/json",
    "application/json; charset=utf-8",
    "text/json",
    "application/vnd.a+json",
    "APPLICATION/JSON",
  ])("%s is JSON", (datacontenttype) => {
    expect(faultsOf({ ...counters(report), datacontenttype })).toEqual({});
  });

  test("data in base64 is read", () => {
    const { data, ...rest } = counters({ ...report, eventType: "Événement" });
    const data_base64 = Buffer.from(JSON.stringify(data)).toString("base64");
    expect(messageOf({ ...rest, data_base64 })).toMatchObject({ reports: [{ eventType: "Événement", events: 5 }] });
  });
});

describe("members", () => {
  test.each([
    ["events", undefined],
    ["events", null],
    ["events", -1],
    ["events", 1.5],
    ["events", "5"],
    ["events", 2 ** 53],
    ["events", Number.NaN],
    ["bytes", -1],
    ["malformed", "0"],
    ["eventType", ""],
    ["eventType", undefined],
    ["eventType", 5],
    ["eventType", "a\u0000b"],
    ["eventType", "a\u0085b"],
    ["eventType", "\ud800"],
    ["eventType", "x".repeat(256)],
    ["hour", undefined],
    ["hour", 13],
    ["hour", "2026-11-22T13:30:00Z"],
    ["hour", "1969-12-31T23"],
    ["hour", "2026-12-23T15"],
    ["landedHour", "2026-02-30T00"],
    ["landedHour", "2027-02-01T00"],
  ])("a report's %s of %j is a fault", (key, value) => {
    expect(Object.keys(faultsOf(counters(report, { ...report, [key]: value })))).toEqual([`/data/reports/1/${key}`]);
  });

  test.each([
    ["events", 0],
    ["events", 2 ** 53 - 1],
    ["eventType", "x".repeat(255)],
    ["eventType", "ok 🎵 ./~"],
    ["hour", "1970-01-01T00"],
    ["hour", "2026-12-23T14:00Z"],
  ])("a report's %s of %j is none", (key, value) => {
    expect(faultsOf(counters({ ...report, [key]: value }))).toEqual({});
  });

  test("an hour remembered as good is judged by each message's own now", () => {
    const event = counters({ ...report, hour: "2026-12-23T14" });
    expect(parseEvent(event, now).ok).toBe(true);
    expect(parseEvent({ ...event, time: "2026-11-01T00:00:00Z" }, new Date("2026-11-01T00:00:00Z")).ok).toBe(false);
  });

  test.each([
    ["stage", "sent"],
    ["stage", undefined],
    ["dc", undefined],
    ["dc", "a\nb"],
    ["reporter", 7],
    ["epoch", -1],
    ["epoch", 0.5],
    ["reports", undefined],
    ["reports", {}],
  ])("counters' %s of %s is a fault", (key, value) => {
    const event = counters(report);
    expect(Object.keys(faultsOf({ ...event, data: { ...event.data, [key]: value } }))).toEqual([`/data/${key}`]);
  });

  test("a message holds at most 100,000 reports", () => {
    expect(faultsOf(counters(...Array(100_000).fill(report)))).toEqual({});
    expect(faultsOf(counters(...Array(100_001).fill(report)))).toEqual({
      "/data/reports": "must have at most 100000 entries. Split it into several messages; found an array of 100001",
    });
  });

  test("a message names hours of at most 36 months, whether it counts or closes them", () => {
    const inMonths = (count: number) =>
      Array.from({ length: count }, (_, month) => new Date(Date.UTC(1970, month)).toISOString().slice(0, 13));
    const counting = (count: number) => counters(...inMonths(count).map((hour) => ({ ...report, hour })));
    const closing = (count: number) => ({
      ...counting(1),
      type: "tidemark.hour-closed.v1",
      data: { dc: "lon", marks: inMonths(count).map((hour) => ({ eventType: "A", hour })) },
    });
    expect([faultsOf(counting(36)), faultsOf(closing(36))]).toEqual([{}, {}]);
    const must = (months: number) =>
      `must name hours of at most 36 months, not ${months}: split the message; found an array of ${months}`;
    expect(faultsOf(counting(37))).toEqual({ "/data/reports": must(37) });
    expect(faultsOf(closing(683))).toEqual({ "/data/marks": must(683) });
  });

  test.each([
    [
      "tidemark.watermark.v1",
      { dc: "lon", marks: [{ eventType: "A", watermark: "2026-11-22" }] },
      "/data/marks/0/watermark",
    ],
    ["tidemark.watermark.v1", { dc: "lon", marks: [7] }, "/data/marks/0"],
    ["tidemark.hour-closed.v1", { dc: "lon", marks: [{ eventType: "A", hour: "x" }] }, "/data/marks/0/hour"],
    [
      "tidemark.hour-closed.v1",
      { dc: "lon", marks: [{ eventType: "A", hour: "2026-11-22T12", location: 4 }] },
      "/data/marks/0/location",
    ],
    ["tidemark.heartbeat.v1", { dc: "lon", component: "c" }, "/data/instance"],
    ["tidemark.heartbeat.v1", { dc: "lon", component: "c", instance: "i", startedAt: "now" }, "/data/startedAt"],
    ["tidemark.deployment.v1", { component: "c" }, "/data/version"],
    ["tidemark.deployment.v1", { component: "c", version: "1", url: "javascript:alert(1)" }, "/data/url"],
    ["tidemark.backlog.v1", { eventType: "A", stage: "delivered", oldestAgeSeconds: -1 }, "/data/oldestAgeSeconds"],
    [
      "tidemark.backlog.v1",
      { eventType: "A", stage: "delivered", oldestAgeSeconds: Number.POSITIVE_INFINITY },
      "/data/oldestAgeSeconds",
    ],
    [
      "tidemark.backlog.v1",
      { eventType: "A", stage: "delivered", oldestAgeSeconds: 315_360_001 },
      "/data/oldestAgeSeconds",
    ],
    ["tidemark.backlog.v1", { eventType: "A", stage: "delivered", oldestAgeSeconds: 1e308 }, "/data/oldestAgeSeconds"],
    ["tidemark.counters.v1", { dc: "a", stage: "produced", reporter: "r", final: "yes", reports: [] }, "/data/final"],
    ["tidemark.counters.v1", { dc: "a", stage: "produced", reporter: "r", epoch: 2 ** 53, reports: [] }, "/data/epoch"],
    [
      "tidemark.backlog.v1",
      { eventType: "A", stage: "delivered", oldestAgeSeconds: 1, messages: 1.5 },
      "/data/messages",
    ],
  ])("%s with %j is a fault", (type, data, pointer) => {
    expect(Object.keys(faultsOf({ ...envelope, type, data }))).toEqual([pointer]);
  });

  test("lists every fault of a message at once, at most a hundred", () => {
    const event = counters({ ...report, events: -3, hour: "x" });
    expect(faultsOf({ ...event, id: "", data: { ...event.data, dc: "" } })).toEqual({
      "/id": 'must be a string of 1 to 400 characters without control characters; found ""',
      "/data/dc":
        'must have 1 to 255 characters, no control characters or outer spaces, and not be "." or ".."; found ""',
      "/data/reports/0/events": "must be a whole number from 0 to 9007199254740991; found -3",
      "/data/reports/0/hour": 'must be a UTC hour like 2026-11-22T13; found "x"',
    });
    expect(Object.keys(faultsOf(counters(...Array(100_000).fill({}))))).toHaveLength(100);
  });

  test("a fault repeats a found text only in part, and never one that a database refuses", () => {
    const detail =
      faultsOf(counters({ ...report, eventType: `${"\0\ud800".repeat(3)}${"🎵".repeat(200)}` }))[
        "/data/reports/0/eventType"
      ] ?? "";
    expect(detail.length).toBeLessThan(160);
    expect(detail.isWellFormed()).toBe(true);
    expect(detail).not.toMatch(/\p{Cc}/u);
  });
});

describe("binary mode", () => {
  test("what CloudEvents' own SDK sends over HTTP is read in both modes", () => {
    const { data, type } = counters(report);
    const event = new CloudEvent({ ...envelope, type, data });
    const { headers, body } = HTTP.binary(event);
    const attributes: Record<string, string> = {};
    for (const [key, value] of Object.entries(headers)) {
      if (key.startsWith("ce-")) attributes[key.slice(3)] = String(value);
    }
    const structured = parseEvent(JSON.parse(String(HTTP.structured(event).body)), now);
    expect(structured).toMatchObject({ ok: true });
    expect(parseBinaryEvent(attributes, JSON.parse(String(body)), now)).toEqual(structured);
  });
});

describe("a Pub/Sub message", () => {
  const bytes = (value: unknown) => new TextEncoder().encode(JSON.stringify(value));
  const event = counters(report);
  const { data, ...rest } = event;
  const attributes = Object.fromEntries(Object.entries(rest).map(([key, value]) => [`ce-${key}`, value]));
  const expected = { ok: true, message: messageOf(event) };

  test.each(["content-type", "Content-Type", "contentType"])(
    "is structured when its %s says so, whatever else it carries",
    (key) => {
      const said = { [key]: "application/CloudEvents+json; charset=utf-8", "ce-id": "another" };
      expect(parseQueueMessage({ attributes: said, data: bytes(event) }, now)).toEqual(expected);
    },
  );

  test("is structured when it has no ce- attributes", () => {
    expect(parseQueueMessage({ attributes: { origin: "lon" }, data: bytes(event) }, now)).toEqual(expected);
  });

  test("is binary when it has ce- attributes", () => {
    expect(parseQueueMessage({ attributes, data: bytes(data) }, now)).toEqual(expected);
    const typed = { ...attributes, "Content-Type": "application/json" };
    expect(parseQueueMessage({ attributes: typed, data: bytes(data) }, now)).toEqual(expected);
  });

  test("is refused in binary mode when its content is said not to be JSON", () => {
    const typed = { ...attributes, "content-type": "application/avro" };
    expect(parseQueueMessage({ attributes: typed, data: bytes(data) }, now)).toMatchObject({
      ok: false,
      faults: [{ pointer: "/datacontenttype" }],
    });
  });

  test("keeps to its payload where an attribute calls itself data", () => {
    expect(
      parseQueueMessage(
        { attributes: { ...attributes, "ce-data": "x", "ce-data_base64": "x" }, data: bytes(data) },
        now,
      ),
    ).toEqual(expected);
  });

  test.each([
    ["nothing", new Uint8Array(), "must have data that is JSON in UTF-8; found no data"],
    [
      "half a text",
      new TextEncoder().encode('{"a":'),
      "must have data that is JSON in UTF-8; found 5 bytes of other data",
    ],
    [
      "no UTF-8",
      new Uint8Array([0x22, 0xff, 0x22]),
      "must have data that is JSON in UTF-8; found 3 bytes of other data",
    ],
  ])("that holds %s is refused as a whole", (_, payload, detail) => {
    expect(parseQueueMessage({ attributes: {}, data: payload }, now)).toEqual({
      ok: false,
      faults: [{ pointer: "", detail }],
    });
  });
});
