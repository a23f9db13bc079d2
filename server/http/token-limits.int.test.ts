import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { HourStory } from "#test/hour-story.ts";

const hour = "2026-11-22T10";
let story: HourStory;
/** The tokens, by what they are limited to. */
let types: string;
let sites: string;
let both: string;
let unlimited: string;

beforeAll(async () => {
  const activeFrom = `${hour}:00:00Z`;
  story = await HourStory.begin({ now: "2026-11-22T10:30:00Z", activeFrom, eventTypes: ["EndSong", "AdClick"] });
  await story.at("2026-11-22T11:05:00Z");
  for (const eventType of ["EndSong", "AdClick"]) await story.settle(hour, { lost: 5, eventType });
  await story.count({ dc: "junk", stage: "produced", hour, events: 1, eventType: "Junk" });
  await story.at("2026-11-22T12:30:00Z");
  const token = async (limits: object) => {
    const body = { name: "limited", scopes: ["ingest", "write", "respond", "read"], ...limits };
    const answer = await story.api.call("POST", "/api/v1/tokens", { body });
    return ((await answer.json()) as { token: string }).token;
  };
  types = await token({ eventTypes: ["AdClick"] });
  sites = await token({ datacenters: ["west"] });
  unlimited = await token({});
  both = await token({ datacenters: ["west"], eventTypes: ["Ad*"] });
});
afterAll(() => story.end());

const send = (method: string, path: string, token: string, body?: unknown) =>
  story.api.call(method, `/api/v1${path}`, { token, ...(body === undefined ? {} : { body }) });
const discard = (eventType: string, datacenter: string) => ({
  action: "discard-counts",
  eventType,
  datacenter,
  reason: "test",
});
const reset = { action: "reset-watermark", datacenter: "west", after: "2026-11-22T10:00:00Z", reason: "test" };
const accept = (eventType: string) => ({ action: "accept-hour", eventType, from: hour, reason: "test" });
const spec = { owner: "tests", tier: "high", maxLost: 1 };

async function stored() {
  const { rows } = await story.test.database.sql.query(
    `SELECT (SELECT count(*)::int FROM correction) AS corrections, (SELECT count(*)::int FROM report) AS reports,
            (SELECT json_agg(t ORDER BY name) FROM event_type t) AS types, (SELECT json_agg(d ORDER BY name) FROM datacenter d) AS datacenters`,
  );
  return rows[0];
}

describe("outside its limits a token changes nothing", () => {
  test.each([
    ["counts of another type", "POST", "/corrections", () => types, discard("EndSong", "west")],
    ["counts of another datacenter", "POST", "/corrections", () => sites, discard("AdClick", "east")],
    ["either of the two", "POST", "/corrections", () => both, discard("AdClick", "east")],
    ["the preview of it", "POST", "/corrections?dryRun=true", () => types, discard("EndSong", "west")],
    ["a name that is not known", "POST", "/corrections", () => types, discard("Nothing", "west")],
    ["marks of every type", "POST", "/corrections", () => types, reset],
    ["marks of another datacenter", "POST", "/corrections", () => sites, { ...reset, datacenter: "east" }],
    ["an hour of another type", "POST", "/corrections", () => types, accept("EndSong")],
    ["an hour of every datacenter", "POST", "/corrections", () => sites, accept("AdClick")],
    ["the name of another type", "DELETE", "/event-types/Junk", () => types, undefined],
    ["a datacenter's facts of every type", "DELETE", "/datacenters/junk", () => types, undefined],
    ["a reporter of every datacenter", "DELETE", "/reporters/junk-produced", () => both, undefined],
    ["the terms of another type", "PUT", "/event-types/EndSong", () => types, spec],
    ["the terms of a type for every datacenter", "PUT", "/event-types/AdClick", () => sites, spec],
    ["the terms of another type, looked at", "PUT", "/event-types/EndSong?dryRun=true", () => types, spec],
    ["a datacenter that every type expects", "PUT", "/datacenters/new", () => types, {}],
    [
      "the tier of every type",
      "POST",
      "/catalogue",
      () => types,
      { apiVersion: "tidemark/v1", kind: "Tier", metadata: { name: "high" }, spec: { deadline: "900d" } },
    ],
    [
      "excused hours of another type",
      "POST",
      "/slo/excuses",
      () => types,
      { eventTypes: ["EndSong"], from: hour, to: "2026-11-22T11", reason: "test" },
    ],
    [
      "an incident marked for every type",
      "POST",
      "/volume-exclusions",
      () => types,
      { datacenter: "west", from: "2026-11-22T10:00:00Z", to: "2026-11-22T11:00:00Z", reason: "test" },
    ],
  ])("%s → 403", async (_what, method, path, token, body) => {
    const before = await stored();
    const answer = await send(method, path, token(), body);
    expect([answer.status, await answer.json()]).toEqual([
      403,
      expect.objectContaining({
        errors: expect.arrayContaining([expect.objectContaining({ detail: expect.stringContaining("outside") })]),
      }),
    ]);
    expect(await stored()).toEqual(before);
  });
});

test("within its limits it corrects, and undoes what lies within them alone", async () => {
  const made = await send("POST", "/corrections", both, discard("AdClick", "west"));
  expect(made.status).toBe(201);
  const { id } = (await made.json()) as { id: string };
  const others = (await (
    await story.api.call("POST", "/api/v1/corrections", { body: discard("EndSong", "west") })
  ).json()) as {
    id: string;
  };
  expect((await send("DELETE", `/corrections/${others.id}`, types)).status).toBe(403);
  expect((await story.get(`/corrections/${others.id}`)).body).toMatchObject({ state: "active", undoneAt: null });
  expect((await send("DELETE", `/corrections/${id}`, both)).status).toBe(200);
  expect((await send("POST", "/corrections", types, accept("AdClick"))).status).toBe(201);
  expect((await send("PUT", "/event-types/AdClick", types, { ...spec, maxLost: 0.5 })).status).toBe(200);
});

test("what others excused or marked outside its limits it cannot take back", async () => {
  const make = async (path: string, body: object) => {
    const answer = await story.api.call("POST", `/api/v1${path}`, { body });
    expect(answer.status).toBe(201);
    return `${path}/${((await answer.json()) as { id: string }).id}`;
  };
  const of = (eventType: string) => ({ from: hour, to: "2026-11-22T11", reason: "test", eventTypes: [eventType] });
  const marked = (eventType: string) => ({
    from: "2026-11-22T10:00:00Z",
    to: "2026-11-22T11:00:00Z",
    reason: "test",
    eventType,
  });
  for (const [path, body] of [
    ["/slo/excuses", of],
    ["/volume-exclusions", marked],
  ] as const) {
    const theirs = await make(path, body("EndSong"));
    const own = await make(path, body("AdClick"));
    // The one asks why in its address, the other in its body.
    const takeBack = (what: string, token: string) =>
      path === "/slo/excuses"
        ? send("DELETE", `${what}?reason=because`, token)
        : send("DELETE", what, token, { reason: "because" });
    expect((await takeBack(theirs, types)).status).toBe(403);
    expect((await takeBack(own, types)).status).toBe(204);
    // It stood: whoever may take it back still finds it.
    expect((await takeBack(theirs, unlimited)).status).toBe(204);
  }
});

test("whoever signs in with it is limited as it is", async () => {
  const signedIn = await story.api.call("POST", "/api/v1/session", { token: null, body: { token: types } });
  const cookie = signedIn.headers.get("set-cookie")?.split(";")[0] ?? "";
  const headers = { cookie, "sec-fetch-site": "same-origin" };
  const correct = (body: object) =>
    story.api.call("POST", "/api/v1/corrections?dryRun=true", { token: null, headers, body });
  expect((await correct(discard("EndSong", "west"))).status).toBe(403);
  expect((await correct(discard("AdClick", "west"))).status).toBe(200);
});

test("a rejected message sent again says nothing that its sender's token may not", async () => {
  const time = "2026-11-22T12:00:00Z";
  const data = {
    dc: "west",
    stage: "produced",
    reporter: "r",
    reports: [{ eventType: "EndSong", hour, events: 1 }],
  };
  const event = { specversion: "1.0", id: "1", source: "/x", type: "tidemark.counters.v1", time, data };
  const { rows } = await story.test.database.sql.query<{ id: string }>(
    `INSERT INTO rejected_message (source, received_at, reason, faults, payload, payload_bytes)
     VALUES ('pubsub', $1, 'test', '[]', $2, $3) RETURNING id::text`,
    [time, Buffer.from("{}"), 2],
  );
  const before = await stored();
  const answer = await send("POST", `/rejected-messages/${rows[0]?.id}/resubmit`, types, event);
  expect(answer.status).toBe(403);
  expect(await stored()).toEqual(before);
});
