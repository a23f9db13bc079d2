import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { TestDatabase } from "#test/database.ts";
import { type HourStory, openingOf } from "#test/hour-story.ts";
import type { TestApi } from "#test/test-api.ts";

const now = "2026-11-22T13:20:00Z";
const catalogue = `
apiVersion: tidemark/v1
kind: EventType
metadata: { name: EndSong }
spec: { owner: payments, tier: high, deadline: 90m, activeFrom: 2026-11-22T06, datacenters: [ams] }
---
apiVersion: tidemark/v1
kind: Datacenter
metadata: { name: ams }
spec: { displayName: Amsterdam, activeFrom: 2026-11-22T00 }
`;
const opening = openingOf({ now, activeFrom: now, datacenters: [], eventTypes: [] }, async (lived) => {
  const answer = await lived.api.call("POST", "/api/v1/catalogue", {
    body: catalogue,
    headers: { "content-type": "application/yaml" },
  });
  expect(await answer.json()).toMatchObject({ applied: true });
});
let story: HourStory;
let test: TestDatabase;
let api: TestApi;

beforeEach(async () => {
  story = await opening.begin();
  ({ test, api } = story);
});
afterEach(() => story.end());

const get = async (path: string) => {
  const answer = await api.call("GET", `/api/v1${path}`);
  return { status: answer.status, body: (await answer.json()) as Record<string, unknown> };
};

describe("PUT of a spec", () => {
  it("answers 400 to a spec that is nested thousands of levels deep", async () => {
    const answer = await api.call("PUT", "/api/v1/event-types/Deep", {
      body: `{"labels":${"[".repeat(100_000)}${"]".repeat(100_000)}}`,
      headers: { "content-type": "application/json" },
    });
    expect(await answer.json()).toMatchObject({ status: 400, errors: [{ pointer: "" }] });
  });
});

describe("a name in Unicode", () => {
  it("is found however it is written", async () => {
    const body = { owner: "payments", tier: "low" };
    const made = await api.call("PUT", `/api/v1/event-types/${encodeURIComponent("Zoe\u0308")}`, { body });
    expect(made.status).toBeLessThan(300);
    for (const written of ["Zoe\u0308", "Zo\u00eb"]) {
      const found = await get(`/event-types/${encodeURIComponent(written)}`);
      expect([found.status, found.body.name]).toEqual([200, "Zo\u00eb"]);
    }
  });
});

describe("POST /catalogue", () => {
  const spec = { owner: "payments", tier: "low" };
  const document = { apiVersion: "tidemark/v1", kind: "EventType", metadata: { name: "Skip" }, spec };

  it("reads JSON too: one document or a list of them; a dry run changes nothing", async () => {
    for (const body of [document, [document]]) {
      const answer = await api.call("POST", "/api/v1/catalogue?dryRun=true", { body });
      expect(await answer.json()).toMatchObject({
        applied: false,
        changes: [{ kind: "EventType", name: "Skip", action: "create" }],
      });
    }
    expect((await get("/event-types/Skip")).status).toBe(404);
  });

  it("needs the scope write", async () => {
    const { token } = (await (
      await api.call("POST", "/api/v1/tokens", { body: { name: "reader", scopes: ["read"] } })
    ).json()) as { token: string };
    expect((await api.call("POST", "/api/v1/catalogue?dryRun=true", { body: document, token })).status).toBe(403);
  });

  it("faults → 400 with pointer and line", async () => {
    const body = "apiVersion: tidemark/v1\nkind: Tier\nmetadata: {name: gold}\nspec: {deadline: soon}\n";
    const answer = await api.call("POST", "/api/v1/catalogue", {
      body,
      headers: { "content-type": "text/yaml; charset=utf-8" },
    });
    expect(answer.status).toBe(400);
    expect(await answer.json()).toMatchObject({ errors: [{ pointer: "/0/spec/deadline", line: 4 }] });
  });

  it("another content type → 415, bytes that are no UTF-8 → 400", async () => {
    expect(
      (await api.call("POST", "/api/v1/catalogue", { body: "a", headers: { "content-type": "text/plain" } })).status,
    ).toBe(415);
    const headers = { "content-type": "application/yaml" };
    expect(
      (await api.call("POST", "/api/v1/catalogue", { body: Uint8Array.of(0xff, 0xfe, 0xfd), headers })).status,
    ).toBe(400);
  });
});

describe("PUT of one noun", () => {
  it("claims a type, then finds nothing to do", async () => {
    const body = { owner: "content", tier: "normal", labels: { team: "x" } };
    const first = await api.call("PUT", "/api/v1/event-types/Playlist%2FEdit", { body });
    expect(await first.json()).toMatchObject({ applied: true, changes: [{ name: "Playlist/Edit", action: "create" }] });
    const second = await api.call("PUT", "/api/v1/event-types/Playlist%2FEdit", { body });
    expect(await second.json()).toMatchObject({ applied: false });
    expect((await get("/event-types/Playlist%2FEdit")).body).toMatchObject({
      owner: "content",
      deadlineSeconds: 86_400,
    });
  });

  it("what GET answers as `spec` can be sent back and changes nothing", async () => {
    const body = {
      owner: "content",
      tier: "normal",
      deadline: "3h",
      impliedZero: false,
      expectReporters: true,
      objectives: { skew: 0.5 },
      labels: { b: "2", a: "1" },
    };
    await api.call("PUT", "/api/v1/event-types/Round", { body });
    const { spec } = (await get("/event-types/Round")).body;
    expect(spec).toEqual({ ...body, activeFrom: "2026-11-22T13" });
    const again = await api.call("PUT", "/api/v1/event-types/Round", { body: spec as object });
    expect(await again.json()).toMatchObject({ applied: false, changes: [{ action: "unchanged" }] });
    const back = await api.call("PUT", "/api/v1/event-types/Round", { body: { owner: "content", tier: "normal" } });
    expect(await back.json()).toMatchObject({
      changes: [{ fields: expect.arrayContaining([{ field: "impliedZero", from: false, to: null }]) }],
    });
    expect((await get("/event-types/Round")).body).toMatchObject({ impliedZero: true, expectReporters: false });
    const ams = (await get("/datacenters/ams")).body.spec;
    expect(ams).toEqual({ displayName: "Amsterdam", activeFrom: "2026-11-22T00" });
    const same = await api.call("PUT", "/api/v1/datacenters/ams", { body: ams as object });
    expect(await same.json()).toMatchObject({ applied: false });
  });

  it("faults point into the spec", async () => {
    const answer = await api.call("PUT", "/api/v1/event-types/EndSong", {
      body: { owner: "x", tier: "golden", more: 1 },
    });
    expect(answer.status).toBe(400);
    expect(await answer.json()).toMatchObject({ errors: [{ pointer: "/more" }] });
    const other = await api.call("PUT", "/api/v1/datacenters/ams", { body: { activeFrom: "noon" } });
    expect(await other.json()).toMatchObject({ errors: [{ pointer: "/activeFrom" }] });
  });

  it("writes a datacenter", async () => {
    const answer = await api.call("PUT", "/api/v1/datacenters/lon?dryRun=true", { body: { displayName: "London" } });
    expect(await answer.json()).toMatchObject({ applied: false, changes: [{ kind: "Datacenter", action: "create" }] });
  });
});

describe("GET /event-types", () => {
  it("says how far a type is complete, and where its holes are", async () => {
    const states = {
      "06": "complete",
      "07": "complete",
      "08": "late",
      "09": "complete",
      "10": "incomplete",
      "11": "complete",
      "12": "late",
    };
    for (const [hour, state] of Object.entries(states)) {
      await test.database.sql.query(
        "UPDATE verdict SET state = $1 WHERE hour = $2 AND event_type_id = (SELECT id FROM event_type WHERE name = 'EndSong')",
        [state, `2026-11-22T${hour}:00Z`],
      );
    }
    await test.database.sql.query(
      "UPDATE event_type SET complete_through = '2026-11-22T07:00Z' WHERE name = 'EndSong'",
    );
    const { body } = await get("/event-types/EndSong");
    expect(body).toEqual({
      name: "EndSong",
      etag: expect.any(String),
      status: "claimed",
      owner: "payments",
      tier: "high",
      deadlineSeconds: 5400,
      datacenters: ["ams"],
      activeFrom: "2026-11-22T06:00:00.000Z",
      activeTo: null,
      maxLost: 0.0001,
      maxDuplicated: 0.0001,
      settleSeconds: 900,
      impliedZero: true,
      expectReporters: false,
      description: null,
      labels: {},
      discoveredAt: "2026-11-22T13:20:00.000Z",
      completeThrough: "2026-11-22T07",
      holes: ["2026-11-22T08", "2026-11-22T10"],
      holeCount: 2,
      spec: { owner: "payments", tier: "high", deadline: "90m", activeFrom: "2026-11-22T06", datacenters: ["ams"] },
    });
  });

  it("lists at most 100 holes and counts them all", async () => {
    await api.call("PUT", "/api/v1/event-types/Holey", {
      body: { owner: "x", tier: "low", activeFrom: "2026-11-10T00" },
    });
    await test.database.sql.query(
      `UPDATE verdict SET state = CASE WHEN hour = '2026-11-20T00:00Z' THEN 'complete' ELSE 'late' END
        WHERE event_type_id = (SELECT id FROM event_type WHERE name = 'Holey')`,
    );
    const { body } = await get("/event-types/Holey");
    expect([(body.holes as string[]).length, (body.holes as string[])[0], body.holeCount]).toEqual([
      100,
      "2026-11-10T00",
      240,
    ]);
  });

  it("filters and pages by name", async () => {
    await api.call("PUT", "/api/v1/event-types/Holey", { body: { owner: "x", tier: "low" } });
    await test.database.sql.query("INSERT INTO event_type (name, discovered_at) VALUES ('Unknown', now())");
    expect((await get("/event-types?status=discovered")).body).toMatchObject({
      items: [{ name: "Unknown", owner: null, tier: null, deadlineSeconds: null }],
      nextCursor: null,
    });
    expect((await get("/event-types?owner=payments&tier=high")).body).toMatchObject({ items: [{ name: "EndSong" }] });
    const first = await get("/event-types?limit=1");
    const second = await get(`/event-types?limit=1&cursor=${first.body.nextCursor}`);
    expect([first.body.items, second.body.items].flat()).toMatchObject([{ name: "EndSong" }, { name: "Holey" }]);
  });

  it("an unknown name → 404; a name that cannot be stored → 400", async () => {
    expect((await get("/event-types/Nothing")).status).toBe(404);
    expect((await get("/event-types/%00")).status).toBe(400);
    expect((await get("/datacenters/nowhere")).status).toBe(404);
  });
});

describe("datacenters, deployments, events, rejected messages", () => {
  const event = (type: string, id: string, data: object) => ({
    specversion: "1.0",
    type,
    source: "test",
    id,
    time: "2026-11-22T13:00:00Z",
    data,
  });
  const heartbeat = event("tidemark.heartbeat.v1", "h1", {
    dc: "ams",
    component: "exporter",
    instance: "a",
    version: "1.0",
    startedAt: "2026-11-20T00:00:00Z",
  });

  it("a datacenter lists what runs there", async () => {
    const answer = await api.call("POST", "/api/v1/events", {
      body: JSON.stringify(heartbeat),
      headers: { "content-type": "application/cloudevents+json" },
    });
    expect([answer.status, await answer.json()]).toEqual([202, { accepted: 1 }]);
    const { body } = await get("/datacenters/ams");
    expect(body).toMatchObject({
      displayName: "Amsterdam",
      status: "claimed",
      lastSeenAt: "2026-11-22T13:00:00.000Z",
      components: [
        {
          component: "exporter",
          instance: "a",
          version: "1.0",
          startedAt: "2026-11-20T00:00:00.000Z",
          lastSeenAt: "2026-11-22T13:00:00.000Z",
        },
      ],
    });
    expect((await get("/datacenters")).body).toMatchObject({ items: [{ name: "ams" }], nextCursor: null });
  });

  it("records deployments once by their id, lists them newest first, by datacenter and time", async () => {
    for (const [id, datacenter, deployedAt] of [
      ["d1", "ams", "2026-11-22T10:00:00Z"],
      ["d2", null, "2026-11-22T11:00:00Z"],
      ["d3", "lon", "2026-11-22T12:00:00Z"],
      ["d3", "lon", "2026-11-22T12:00:00Z"],
    ]) {
      const answer = await api.call("POST", "/api/v1/deployments", {
        body: { id, datacenter, component: "exporter", version: id, deployedAt },
      });
      expect(answer.status).toBe(202);
    }
    const versions = async (query: string) =>
      ((await get(`/deployments${query}`)).body.items as { version: string }[]).map((item) => item.version);
    expect(await versions("")).toEqual(["d3", "d2", "d1"]);
    expect(await versions("?datacenter=ams")).toEqual(["d2", "d1"]);
    expect(await versions("?from=2026-11-22T11:00:00Z&to=2026-11-22T12:00:00Z")).toEqual(["d2"]);
    const { nextCursor } = (await get("/deployments?limit=2")).body;
    expect(await versions(`?limit=2&cursor=${nextCursor}`)).toEqual(["d1"]);
    const bad = await api.call("POST", "/api/v1/deployments", {
      body: { component: "", version: "1", url: "javascript:alert(1)" },
    });
    expect(await bad.json()).toMatchObject({ status: 400, errors: [{ pointer: "/component" }, { pointer: "/url" }] });
  });

  it("a rejected message can be read and, once fixed, resubmitted", async () => {
    const { rows } = await test.database.sql.query(
      `INSERT INTO rejected_message (source, message_id, received_at, reason, faults, payload, payload_bytes)
       SELECT 'pubsub', 'm' || n, '2026-11-22T12:00Z', 'not JSON', '[{"pointer":"","detail":"must be JSON"}]', 'oops', 4
         FROM generate_series(1, 3) n RETURNING id::text`,
    );
    const ids = rows.map((row) => row.id as string);
    const first = (await get("/rejected-messages?limit=2")).body as { items: { id: string }[]; nextCursor: string };
    expect(first.items.map((item) => item.id)).toEqual([ids[2], ids[1]]);
    expect(first.items[0]).not.toHaveProperty("payload");
    expect((await get(`/rejected-messages?limit=2&cursor=${first.nextCursor}`)).body).toMatchObject({
      items: [{ id: ids[0] }],
      nextCursor: null,
    });
    expect((await get(`/rejected-messages/${ids[0]}`)).body).toMatchObject({
      payload: "oops",
      payloadBytes: 4,
      truncated: false,
    });
    expect((await api.call("POST", `/api/v1/rejected-messages/${ids[0]}/resubmit`)).status).toBe(400);
    const headers = { "content-type": "application/cloudevents+json" };
    const mended = await api.call("POST", `/api/v1/rejected-messages/${ids[0]}/resubmit`, {
      body: JSON.stringify(heartbeat),
      headers,
    });
    expect(mended.status).toBe(204);
    const marked = { resubmittedBy: "admin", resubmittedAt: new Date(now).toISOString() };
    expect((await get(`/rejected-messages/${ids[0]}`)).body).toMatchObject(marked);
    // Its attributes were at fault, which no other data fixes: the whole event stands in for them.
    await test.database.sql.query(
      `UPDATE rejected_message SET attributes = '{"ce-type": "tidemark.heartbeat.v9", "ce-id": "1"}' WHERE id = $1`,
      [ids[1]],
    );
    const whole = { body: JSON.stringify(heartbeat), headers };
    expect((await api.call("POST", `/api/v1/rejected-messages/${ids[1]}/resubmit`, whole)).status).toBe(204);
    expect((await api.call("POST", "/api/v1/rejected-messages/999999/resubmit")).status).toBe(404);
    expect((await get("/rejected-messages/999999")).status).toBe(404);
    expect((await get("/rejected-messages/x")).status).toBe(404);
  });
});
