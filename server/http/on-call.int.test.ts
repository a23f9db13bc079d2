import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { OnCallOverrideJson, OnCallScheduleJson, OnCallShiftsJson } from "#domain/api/on-call.ts";
import { type HourStory, openingOf } from "#test/hour-story.ts";
import type { TestApi } from "#test/test-api.ts";

const people = [
  { name: "Ada Lind", channels: ["ada"] },
  { name: "Bo Berg", channels: ["bo"] },
];
const weekly = { name: "weekly", people: ["Ada Lind", "Bo Berg"], rotation: "weekly", startsOn: "2026-11-23" };
const spec = { timeZone: "Europe/Stockholm", people, layers: [weekly] };
const at = "/api/v1/on-call-schedules/data-platform";

// A Sunday: Ada's week ends on Monday at 09:00 in Stockholm.
const opening = openingOf(
  { now: "2026-11-29T12:00:00Z", activeFrom: "2026-11-29T12:00:00Z", datacenters: [], eventTypes: [] },
  async (lived) => {
    for (const name of ["ada", "bo"])
      await lived.api.call("PUT", `/api/v1/channels/${name}`, {
        body: { type: "pagerduty", routingKey: { env: "TIDEMARK_SECRET_KEY" } },
      });
    await lived.api.call("PUT", "/api/v1/channels/hook", {
      body: { type: "webhook", url: "https://hooks.example.com/a" },
    });
    expect((await lived.api.call("PUT", at, { body: spec })).status).toBe(200);
  },
);
let story: HourStory;
let api: TestApi;

beforeEach(async () => {
  story = await opening.begin();
  api = story.api;
});
afterEach(() => story.end());

interface Problem {
  detail: string;
  errors?: { pointer?: string; parameter?: string; detail: string }[];
}

async function read<Answer>(path: string): Promise<Answer> {
  const answer = await api.call("GET", path);
  expect(answer.status, path).toBe(200);
  return (await answer.json()) as Answer;
}

async function refusal(method: string, path: string, body?: unknown): Promise<[number, string[]]> {
  const answer = await api.call(method, path, body === undefined ? {} : { body });
  const { detail, errors } = (await answer.json()) as Problem;
  return [answer.status, errors?.map((fault) => `${fault.pointer ?? fault.parameter} ${fault.detail}`) ?? [detail]];
}

const override = async (body: object) =>
  (await (await api.call("POST", `${at}/overrides`, { body })).json()) as OnCallOverrideJson;
const onCall = async () => {
  const { now: shift, next } = await read<OnCallScheduleJson>(at);
  return [shift?.person ?? null, shift?.endsAt ?? null, next?.person ?? null];
};

describe("a schedule", () => {
  test("answers who is on call now, until when, and who is next", async () => {
    expect(await onCall()).toEqual(["Ada Lind", "2026-11-30T08:00:00Z", "Bo Berg"]);
    const { items } = await read<{ items: OnCallScheduleJson[] }>("/api/v1/on-call-schedules");
    expect(items.map(({ name, timeZone }) => [name, timeZone])).toEqual([["data-platform", "Europe/Stockholm"]]);
    const { items: shifts } = await read<OnCallShiftsJson>(
      `${at}/shifts?from=2026-11-29T00:00:00Z&to=2026-12-08T00:00:00Z`,
    );
    expect(shifts.map(({ person, endsAt }) => `${person} ${endsAt}`)).toEqual([
      "Ada Lind 2026-11-30T08:00:00Z",
      "Bo Berg 2026-12-07T08:00:00Z",
      "Ada Lind 2026-12-08T00:00:00Z",
    ]);
  });

  test("is put back as it was read, and is refused to whoever read an older one", async () => {
    const schedule = await read<OnCallScheduleJson>(at);
    const same = await api.call("PUT", at, { body: schedule, headers: { "if-match": `"${schedule.etag}"` } });
    expect(((await same.json()) as { changes: { action: string }[] }).changes.map(({ action }) => action)).toEqual([
      "unchanged",
    ]);
    const stale = await api.call("PUT", at, { body: spec, headers: { "if-match": '"x"' } });
    expect(stale.status).toBe(412);
  });

  test("names channels that exist and that reach people", async () => {
    const withChannel = (channel: string) => ({
      ...spec,
      people: [{ name: "Ada Lind", channels: [channel] }, people[1]],
    });
    expect(await refusal("PUT", at, withChannel("none"))).toEqual([
      400,
      ['/people/0/channels/0 must be an existing channel (ada, bo, hook) or one in these documents; found "none"'],
    ]);
    expect(await refusal("PUT", at, withChannel("hook"))).toEqual([
      400,
      [
        `/people/0/channels/0 "hook" is of type webhook, which gets groups of alerts and is not resolved after a handover. Put it in a receiver's channels`,
      ],
    ]);
    expect(
      (await refusal("PUT", "/api/v1/channels/ada", { type: "webhook", url: "https://hooks.example.com/b" }))[0],
    ).toBe(400);
    expect(await refusal("DELETE", "/api/v1/channels/ada")).toEqual([
      409,
      ['The on-call schedule "data-platform" reaches a person through "ada". Apply it without the channel first.'],
    ]);
  });

  test("cannot be deleted while a receiver notifies it, and its name must exist", async () => {
    const tree = (onCall: string[]) => ({
      route: { receiver: "team" },
      receivers: [{ name: "team", escalation: [{ after: "10m", onCall }] }],
    });
    expect(await refusal("PUT", "/api/v1/routing-tree", tree(["none"]))).toEqual([
      400,
      [
        '/receivers/0/escalation/0/onCall/0 must be an existing on-call schedule (data-platform) or one in these documents; found "none"',
      ],
    ]);
    expect((await api.call("PUT", "/api/v1/routing-tree", { body: tree(["data-platform"]) })).status).toBe(200);
    expect((await read<OnCallScheduleJson>(at)).receivers).toEqual(["team"]);
    expect(await refusal("DELETE", at)).toEqual([
      409,
      [`The routing tree's receiver "team" still notifies "data-platform". Apply a tree without it first.`],
    ]);
  });

  test("is named where its channels are", async () => {
    expect(await read("/api/v1/channels/ada")).toMatchObject({ receivers: [], onCall: ["data-platform"] });
    expect(await read("/api/v1/channels/hook")).toMatchObject({ onCall: [] });
  });

  test("that does not exist is 404 everywhere", async () => {
    const none = "/api/v1/on-call-schedules/none";
    for (const path of [none, `${none}/shifts`, `${none}/overrides`, `${none}/calendar.ics`])
      expect((await api.call("GET", path)).status, path).toBe(404);
    expect((await api.call("POST", `${none}/overrides`, { body: { person: "Ada Lind", duration: "1h" } })).status).toBe(
      404,
    );
    expect((await api.call("DELETE", none)).status).toBe(404);
  });

  test.each([
    ["from=yesterday", "from"],
    ["from=2026-11-29T00:00:00Z&to=2026-11-28T00:00:00Z", "to"],
    ["from=2026-11-29T00:00:00Z&to=2027-11-28T00:00:00Z", "to"],
    ["from=9999-12-31T00:00:00Z", "from"],
    ["from=0001-01-01T00:00:00Z", "from"],
  ])("has no shifts for %s", async (query, parameter) => {
    const [status, faults] = await refusal("GET", `${at}/shifts?${query}`);
    expect([status, faults[0]?.split(" ")[0]]).toEqual([400, parameter]);
  });
});

describe("an override", () => {
  test("puts a person on call for a while, and is taken back by whoever may, and stays as history", async () => {
    const made = await override({ person: "Bo Berg", duration: "4h", reason: "Ada is on a flight." });
    expect(made).toMatchObject({
      person: "Bo Berg",
      endsAt: "2026-11-29T16:00:00Z",
      source: "person",
      createdBy: "admin",
    });
    expect(await onCall()).toEqual(["Bo Berg", "2026-11-29T16:00:00Z", "Ada Lind"]);
    expect((await api.call("DELETE", `${at}/overrides/${made.id}`)).status).toBe(204);
    expect((await api.call("DELETE", `${at}/overrides/${made.id}`)).status).toBe(204);
    expect(await onCall()).toEqual(["Ada Lind", "2026-11-30T08:00:00Z", "Bo Berg"]);
    const { items } = await read<{ items: OnCallOverrideJson[] }>(`${at}/overrides`);
    expect(items.find(({ id }) => id === made.id)).toMatchObject({
      removedBy: "admin",
      removedAt: "2026-11-29T12:00:00Z",
    });
    expect((await api.call("DELETE", `${at}/overrides/none`)).status).toBe(404);
  });

  test("of a person who has left the schedule does not count, and says so", async () => {
    const made = await override({ person: "Bo Berg", duration: "1h" });
    const alone = { ...spec, people: [people[0]], layers: [{ ...weekly, people: ["Ada Lind"] }] };
    expect((await api.call("PUT", at, { body: alone })).status).toBe(200);
    const { now: shift, overrides } = await read<OnCallScheduleJson>(at);
    expect([shift?.person, overrides.find(({ id }) => id === made.id)?.counts]).toEqual(["Ada Lind", false]);
  });

  test.each([
    [{ person: "Eve", duration: "1h" }, "/person must be one of the schedule's people (Ada Lind, Bo Berg)"],
    [{ person: "Ada Lind" }, "/endsAt is required"],
    [
      { person: "Ada Lind", duration: "1h", endsAt: "2026-12-01T00:00:00Z" },
      "/endsAt is required, or a duration instead",
    ],
    [{ person: "Ada Lind", duration: "soon" }, "/duration must be a duration above 0"],
    [{ person: "Ada Lind", duration: "9999999999d" }, "/duration must be"],
    [{ person: "Ada Lind", endsAt: "2026-11-29T11:00:00Z" }, "/endsAt must be later than its start and than now"],
    [{ person: "Ada Lind", endsAt: "9999-12-31T00:00:00Z" }, "/endsAt must be at most 366 days after its start"],
    [{ person: "Ada Lind", startsAt: "9999-12-30T00:00:00Z", duration: "1h" }, "/startsAt must be within 366 days"],
    [{ person: "Ada Lind", duration: "1h", reason: "" }, "/reason must be a line"],
    [{ person: "Ada Lind", duration: "1h", until: "x" }, "/until is unknown"],
    [[], " must be an object"],
  ])("%j is refused", async (body, fault) => {
    const [status, faults] = await refusal("POST", `${at}/overrides`, body);
    expect(status).toBe(400);
    expect(faults[0]).toContain(fault);
  });
});

describe("a calendar", () => {
  const calendarOf = (...events: string[]) =>
    ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:test", ...events, "END:VCALENDAR", ""].join("\r\n");
  const event = (uid: string, summary: string, start: string, end: string, ...more: string[]) =>
    [
      "BEGIN:VEVENT",
      `UID:${uid}`,
      "DTSTAMP:20261101T000000Z",
      start,
      end,
      `SUMMARY:${summary}`,
      ...more,
      "END:VEVENT",
    ].join("\r\n");
  const put = (text: string) =>
    api.call("PUT", `${at}/calendar`, { body: text, headers: { "content-type": "text/calendar" } });

  test("has the shifts, also for programs without a token", async () => {
    const answer = await api.call("GET", `${at}/calendar.ics`, { token: null });
    expect(answer.headers.get("content-type")).toBe("text/calendar; charset=utf-8");
    const text = await answer.text();
    expect(text.match(/SUMMARY:.*/g)?.slice(0, 2)).toEqual(["SUMMARY:Ada Lind", "SUMMARY:Bo Berg"]);
    expect(text).toContain("DTSTART:20261130T080000Z");
  });

  test("is imported as overrides; another import replaces them, and what people created stays", async () => {
    const own = await override({ person: "Ada Lind", startsAt: "2026-12-24T08:00:00Z", duration: "8h" });
    const first = calendarOf(
      event("a", "bo berg", "DTSTART:20261201T080000Z", "DTEND:20261201T200000Z"),
      event(
        "b",
        "Ada Lind",
        "DTSTART;TZID=Europe/Stockholm:20261207T090000",
        "DTEND;TZID=Europe/Stockholm:20261207T170000",
        "RRULE:FREQ=WEEKLY;COUNT=3",
      ),
      event("old", "Someone else", "DTSTART:20250101T080000Z", "DTEND:20250101T090000Z"),
    );
    expect(await (await put(first)).json()).toEqual({ created: 4, removed: 0, unchanged: 0 });
    expect(await (await put(first)).json()).toEqual({ created: 0, removed: 0, unchanged: 4 });
    const { items } = await read<OnCallShiftsJson>(`${at}/shifts?from=2026-12-01T00:00:00Z&to=2026-12-02T00:00:00Z`);
    expect(items.map(({ person, startsAt, layer }) => [person, startsAt, layer])).toEqual([
      ["Bo Berg", "2026-12-01T00:00:00Z", "weekly"],
      ["Bo Berg", "2026-12-01T08:00:00Z", null],
      ["Bo Berg", "2026-12-01T20:00:00Z", "weekly"],
    ]);
    expect(await (await put(calendarOf())).json()).toEqual({ created: 0, removed: 4, unchanged: 0 });
    const { overrides } = await read<OnCallScheduleJson>(at);
    expect(overrides.map(({ id }) => id)).toEqual([own.id]);
  });

  test("that is exported and imported again changes nothing of who is on call", async () => {
    const shifts = `${at}/shifts?from=2026-11-30T00:00:00Z&to=2027-01-30T00:00:00Z`;
    const people = async () =>
      (await read<OnCallShiftsJson>(shifts)).items.map(({ person, startsAt, endsAt }) => [person, startsAt, endsAt]);
    const before = await people();
    expect((await put(await (await api.call("GET", `${at}/calendar.ics`)).text())).status).toBe(200);
    expect(await people()).toEqual(before);
  });

  test.each([
    ["hello", "BEGIN:VCALENDAR is missing"],
    [
      calendarOf(event("a", "Eve", "DTSTART:20261201T080000Z", "DTEND:20261201T200000Z")),
      `the event "Eve" at 2026-12-01T08:00:00Z must have a person's name`,
    ],
    [
      calendarOf(
        event(
          "a",
          "Ada Lind",
          "DTSTART:20261201T080000Z",
          "DTEND:20261201T200000Z",
          "RRULE:FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30",
        ),
      ),
      "must repeat daily or weekly",
    ],
    [
      calendarOf(event("a", "Ada Lind", "DTSTART:20261201T080000Z", "DTEND:20261201T200000Z", "RRULE:FREQ=SECONDLY")),
      "must repeat daily or weekly",
    ],
    [
      calendarOf(
        event(
          "a",
          "Ada Lind",
          "DTSTART:20261201T080000Z",
          "DTEND:20261201T200000Z",
          "RRULE:FREQ=DAILY;BYS",
          " ETPOS=1",
        ),
      ),
      "must repeat daily or weekly",
    ],
    [
      calendarOf(event("a", "Ada Lind", "DTSTART:19000101T080000Z", "DTEND:19000101T090000Z", "RRULE:FREQ=DAILY")),
      "began too long ago",
    ],
    [
      calendarOf(
        ...Array.from({ length: 1_001 }, (_, n) =>
          event(`e${n}`, "Ada Lind", "DTSTART:20261201T080000Z", "DTEND:20261201T200000Z"),
        ),
      ),
      "at most 1000 events",
    ],
    [`${calendarOf()}${"x".repeat(1_000_001)}`, "at most 1 MB"],
  ])("%.60s is refused", async (text, detail) => {
    const answer = await put(text);
    const problem = (await answer.json()) as Problem;
    expect([answer.status, problem.errors?.[0]?.detail]).toEqual([400, expect.stringContaining(detail)]);
  });

  test("must be sent as one", async () => {
    const answer = await api.call("PUT", `${at}/calendar`, {
      body: {},
      headers: { "content-type": "application/json" },
    });
    expect(answer.status).toBe(415);
  });
});

test("a handover changes who is on call", async () => {
  story.clock.set("2026-11-30T08:00:00Z");
  expect((await onCall())[0]).toBe("Bo Berg");
});
