import { gzipSync } from "node:zlib";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { claimForTest } from "#test/catalogue.ts";
import { createTestDatabase, type TestDatabase } from "#test/database.ts";
import { openTestApi, type TestApi, testAdminToken } from "#test/test-api.ts";
import { until } from "#test/until.ts";
import { ManualClock } from "#test/worker-context.ts";

let test: TestDatabase;
let api: TestApi;
const clock = new ManualClock("2026-11-22T13:20:00Z");
const limits = { event_type: 3, datacenter: 2, reporter: 4 };

beforeAll(async () => {
  test = await createTestDatabase();
  api = openTestApi(test.database, { now: () => clock.now(), newNamesPerHour: limits, maxIngestBytes: 64 * 1024 });
});
beforeEach(async () => {
  await test.database.sql.query("TRUNCATE name_budget, report");
  clock.set("2026-11-22T13:20:00Z");
});
afterAll(() => test.drop());

let nextId = 0;
interface Said {
  eventType?: string;
  dc?: string;
  reporter?: string;
  hour?: string;
  landedHour?: string;
  events?: unknown;
}
const counters = ({ eventType = "EndSong", dc = "ams", reporter = "r", events = 1, ...hours }: Said = {}) => ({
  specversion: "1.0",
  type: "tidemark.counters.v1",
  source: "test",
  id: `e${nextId++}`,
  time: clock.now().toISOString(),
  data: { dc, stage: "delivered", reporter, reports: [{ eventType, hour: "2026-11-22T12", events, ...hours }] },
});
const batch = "application/cloudevents-batch+json";
async function send(events: unknown, { query = "", token = testAdminToken, headers = {} } = {}) {
  const body = JSON.stringify(events);
  const answer = await api.call("POST", `/api/v1/events${query}`, {
    body,
    token,
    headers: { "content-type": batch, ...headers },
  });
  // biome-ignore lint/suspicious/noExplicitAny: answers of several shapes
  return { status: answer.status, headers: answer.headers, body: (await answer.json()) as any };
}
const names = async (table: "event_type" | "datacenter" | "reporter") =>
  (await test.database.sql.query<{ name: string }>(`SELECT name FROM ${table} ORDER BY name`)).rows.map(
    ({ name }) => name,
  );
const counted = async () =>
  (await test.database.sql.query<{ sum: number }>("SELECT coalesce(sum(events), 0)::int AS sum FROM report")).rows[0]
    ?.sum;

describe("an event in binary mode", () => {
  const { data, ...attributes } = counters({ reporter: "binary" });
  const binary = (headers: Record<string, string>, contentType: string | null = null) =>
    api.fetch(
      new Request("http://tidemark/api/v1/events", {
        method: "POST",
        // As bytes, for a text would get a content type of its own.
        body: new TextEncoder().encode(JSON.stringify(data)),
        headers: {
          authorization: `Bearer ${testAdminToken}`,
          ...(contentType === null ? {} : { "content-type": contentType }),
          ...Object.fromEntries(Object.entries(attributes).map(([name, value]) => [`ce-${name}`, value])),
          ...headers,
        },
      }),
    );

  it("without a content type is JSON, as CloudEvents' SDK for Python sends it", async () => {
    expect((await binary({})).status).toBe(202);
  });

  it("has percent-decoded attributes: the same message however it is encoded", async () => {
    const deployment = { type: "tidemark.deployment.v1", time: attributes.time };
    const body = JSON.stringify({ component: "etl", version: "1" });
    for (const source of ["/caf%C3%A9", '"/caf%c3%a9"', "/c%61f%C3%A9"]) {
      const headers = {
        "content-type": "application/json",
        "ce-specversion": "1.0",
        "ce-id": "d1",
        "ce-source": source,
      };
      const answer = await api.call("POST", "/api/v1/events", {
        body,
        headers: { ...headers, "ce-type": deployment.type, "ce-time": deployment.time },
      });
      expect(answer.status).toBe(202);
    }
    const { rows } = await test.database.sql.query("SELECT source FROM deployment");
    expect(rows).toEqual([{ source: "/café" }]);
  });

  it.each(["100%", "%C0%A0", "%E2%82"])("whose attribute says %s → 400 that names the attribute", async (encoded) => {
    const answer = await binary({ "ce-subject": encoded });
    expect([answer.status, await answer.json()]).toMatchObject([400, { errors: [{ pointer: "/subject" }] }]);
  });

  it("in another character set → 415, in every mode and on every call", async () => {
    expect((await binary({}, "application/json; charset=iso-8859-1")).status).toBe(415);
    const typed = { "content-type": `${batch}; charset="latin1"` };
    expect((await send([counters()], { headers: typed })).status).toBe(415);
    const spec = await api.call("PUT", "/api/v1/datacenters/x", {
      body: "{}",
      headers: { "content-type": "application/json;charset=utf-16" },
    });
    expect(spec.status).toBe(415);
    expect((await send([], { headers: { "content-type": `${batch}; charset=UTF-8` } })).status).toBe(202);
  });
});

describe("an hour that is too old", () => {
  it("→ 400 that says which is the oldest; no partition is made", async () => {
    const answer = await send([counters({ hour: "2025-10-18T13" }), counters({ landedHour: "1999-01-01T00" })]);
    expect(answer).toMatchObject({
      status: 400,
      body: {
        errors: [
          {
            pointer: "/0/data/reports/0/hour",
            detail: expect.stringContaining('2025-10-18T13 is too old. The oldest hour of "EndSong" is 2025-10-18T14'),
          },
          { pointer: "/1/data/reports/0/landedHour" },
        ],
      },
    });
    const { rows } = await test.database.sql.query("SELECT tablename FROM pg_tables WHERE schemaname = 'partitions'");
    expect(JSON.stringify(rows)).not.toMatch(/1999|2025/);
    expect((await send([counters({ hour: "2025-10-18T14" })])).status).toBe(202);
  });

  it("is taken of a type that is claimed from then on, as soon as it is", async () => {
    const old = counters({ eventType: "Replayed", hour: "2001-01-03T17" });
    expect((await send([old])).status).toBe(400);
    await claimForTest(test.database.sql, {
      datacenters: ["ams"],
      eventTypes: ["Replayed"],
      activeFrom: "2001-01-01T00:00:00Z",
    });
    expect((await send([old])).status).toBe(202);
    const older = await send([counters({ eventType: "Replayed", hour: "2000-12-31T23" })]);
    expect(older.body.errors[0].detail).toContain('The oldest hour of "Replayed" is 2001-01-01T00');
  });
});

describe("new names beyond the hour's", () => {
  it("→ 429 with a reason and when to try again; nothing of the request is applied, known names cost nothing", async () => {
    await send([counters({ eventType: "Known", dc: "known", reporter: "known" })]);
    await test.database.sql.query("TRUNCATE name_budget");
    expect((await send(["A", "B", "C"].map((eventType) => counters({ eventType, dc: "known" })))).status).toBe(202);
    const before = [await names("event_type"), await counted()];
    const refused = await send([counters({ eventType: "Known", events: 1_000 }), counters({ eventType: "D" })]);
    expect([refused.status, refused.headers.get("retry-after")]).toEqual([429, "2400"]);
    expect(refused.body.errors[0].detail).toBe(
      'Too many new event types: "D". The limit is 3 new event types an hour (TIDEMARK_NEW_NAMES_PER_HOUR); none is left in this hour. Check the names, or resend after the hour.',
    );
    expect([await names("event_type"), await counted()]).toEqual(before);
    expect((await send([counters({ eventType: "Known", events: 7 })])).status).toBe(202);
    // What the catalogue claims is no discovery.
    const claimed = { body: { owner: "web", tier: "high" } };
    expect((await api.call("PUT", "/api/v1/event-types/D", claimed)).status).toBe(200);
    expect((await send([counters({ eventType: "D" })])).status).toBe(202);
    clock.set("2026-11-22T14:00:00Z");
    expect((await send([counters({ eventType: "E" })])).status).toBe(202);
  });

  it("are counted in the database: processes that discover side by side share one budget", async () => {
    const others = [1, 2, 3].map(() => openTestApi(test.database, { now: () => clock.now(), newNamesPerHour: limits }));
    const statuses = await Promise.all(
      [...Array(12).keys()].map(async (index) => {
        const answer = await others[index % 3]?.call("POST", "/api/v1/events", {
          body: JSON.stringify([counters({ reporter: `side ${index}` })]),
          headers: { "content-type": batch },
        });
        return answer?.status;
      }),
    );
    expect(statuses.filter((status) => status === 202)).toHaveLength(limits.reporter);
    expect((await names("reporter")).filter((name) => name.startsWith("side"))).toHaveLength(limits.reporter);
    await Promise.all(others.map((each) => each.close()));
  });
});

describe("?partial=true", () => {
  it("commits what is good and lists each refused index with its status and faults", async () => {
    const events = [
      counters({ events: 5, reporter: "p" }),
      counters({ events: -1 }),
      counters({ eventType: "Old", hour: "1990-01-01T00" }),
      ...["N1", "N2", "N3", "N4"].map((eventType) => counters({ eventType, reporter: "p" })),
      "nonsense",
    ];
    const { status, body, headers } = await send(events, { query: "?partial=true" });
    expect(status).toBe(207);
    expect(body).toMatchObject({
      accepted: 4,
      refused: [
        { index: 1, status: 400, faults: [{ pointer: "/data/reports/0/events" }] },
        { index: 2, status: 400, faults: [{ pointer: "/data/reports/0/hour" }] },
        { index: 6, status: 429, faults: [{ pointer: "" }] },
        { index: 7, status: 400, faults: [{ pointer: "" }] },
      ],
    });
    expect(headers.get("retry-after")).toBe("2400");
    expect(await counted()).toBe(5 + 3);
  });

  it("of a request without a fault answers the same, and refuses nothing", async () => {
    expect(await send([counters()], { query: "?partial=true" })).toMatchObject({
      status: 207,
      body: { accepted: 1, refused: [] },
    });
  });
});

describe("a limited token", () => {
  const make = async (body: object) => {
    const answer = await api.call("POST", "/api/v1/tokens", { body: { name: "w", scopes: ["ingest"], ...body } });
    return { status: answer.status, body: (await answer.json()) as { token: string; datacenters: string[] } };
  };

  it("→ 403 that names what is outside, and nothing is applied", async () => {
    const { token } = (await make({ datacenters: ["am?", "lon-*"], eventTypes: ["End*"] })).body;
    expect(
      (await send([counters({ reporter: "t1" }), counters({ dc: "lon-1", reporter: "t1" })], { token })).status,
    ).toBe(202);
    const before = await counted();
    const refused = await send(
      [counters({ events: 100 }), counters({ dc: "sto" }), counters({ eventType: "Skip" }), { bad: true }],
      { token },
    );
    expect(refused).toMatchObject({
      status: 403,
      body: {
        errors: [
          { pointer: "/1/data/dc", detail: '"sto" is outside the token\'s datacenters: am?, lon-*.' },
          { pointer: "/2/data/reports/0/eventType", detail: '"Skip" is outside the token\'s event types: End*.' },
        ],
      },
    });
    expect(await counted()).toBe(before);
    expect(await names("datacenter")).not.toContain("sto");
  });

  it("with ?partial=true refuses that item alone", async () => {
    const { token } = (await make({ eventTypes: ["EndSong"] })).body;
    const answer = await send([counters(), counters({ eventType: "Skip" })], { token, query: "?partial=true" });
    expect(answer.body).toMatchObject({ accepted: 1, refused: [{ index: 1, status: 403 }] });
  });

  it("may not speak for every datacenter at once where it is limited to some", async () => {
    const { token } = (await make({ datacenters: ["*"] })).body;
    const event = { ...counters(), type: "tidemark.deployment.v1", data: { component: "etl", version: "2" } };
    expect((await send([event], { token })).status).toBe(403);
  });

  it("is listed with its patterns, normalised; limits of a token that ingests nothing are refused", async () => {
    await make({ datacenters: ["Zu\u0308*"] });
    const { items } = (await (await api.call("GET", "/api/v1/tokens")).json()) as { items: object[] };
    expect(items).toContainEqual(expect.objectContaining({ datacenters: ["Z\u00fc*"], eventTypes: [] }));
    expect((await make({ scopes: ["read"], datacenters: ["ams"] })).status).toBe(400);
    expect((await make({ datacenters: ["a\u0000b"] })).status).toBe(400);
  });
});

describe("bytes under way", () => {
  const big = (bytes: number) => JSON.stringify([{ ...counters(), padding: "x".repeat(bytes) }]);
  const post = (body: BodyInit, headers: Record<string, string> = {}) =>
    api.fetch(
      new Request("http://tidemark/api/v1/events", {
        method: "POST",
        body,
        headers: { authorization: `Bearer ${testAdminToken}`, "content-type": batch, ...headers },
        duplex: "half",
      } as RequestInit),
    );

  it("beyond the budget → 503 with Retry-After before the body is read; afterwards there is room again", async () => {
    const { promise: released, resolve: release } = Promise.withResolvers<void>();
    const text = new TextEncoder().encode(big(40_000));
    const slow = post(
      new ReadableStream({
        async start(controller) {
          controller.enqueue(text.subarray(0, 39_000));
          await released;
          controller.enqueue(text.subarray(39_000));
          controller.close();
        },
      }),
    );
    let pulled = 0;
    const count = () => {
      pulled += 1;
    };
    const declared = () =>
      post(new ReadableStream({ pull: count }, { highWaterMark: 0 }), { "content-length": "30000" });
    await until(
      "its first bytes are held",
      async () => (await post("[]", { "content-length": "30000" })).status === 503,
    );
    const refused = await declared();
    expect([refused.status, refused.headers.get("retry-after"), pulled]).toEqual([503, "1", 0]);
    expect(((await refused.json()) as { type: string }).type).toContain("overloaded");
    // One that does not say its length is refused where it gets too long, and a packed one where it unfolds.
    expect((await post(new Blob([big(30_000)]).stream())).status).toBe(503);
    const packed = new Uint8Array(gzipSync(big(30_000)));
    expect((await post(packed, { "content-encoding": "gzip" })).status).toBe(503);
    release();
    expect((await slow).status).toBe(202);
    expect((await post(big(30_000))).status).toBe(202);
  });
});

describe("a sender of junk", () => {
  const junk = "x".repeat(40_000);
  const from = (address: string) => ({ headers: { "x-tidemark-client-address": address } });
  const own = () => openTestApi(test.database, { now: () => clock.now() });
  const post = (to: TestApi, body: string, address: string, query = "") =>
    to.call("POST", `/api/v1/events${query}`, { body, headers: { "content-type": batch, ...from(address).headers } });

  it("is answered 429 once 32 MiB of a minute's requests were refused, before its next is read; other addresses are served", async () => {
    const to = own();
    const statuses: number[] = [];
    for (let at = 0; at < 400; at += 1) statuses.push((await post(to, junk, "192.0.2.1")).status);
    // 64 KiB and its bytes each.
    const read = Math.ceil((32 * 1024 ** 2) / (65_536 + junk.length));
    expect(statuses.indexOf(429)).toBe(read);
    expect(new Set(statuses.slice(0, read))).toEqual(new Set([400]));
    expect(new Set(statuses.slice(read))).toEqual(new Set([429]));
    const refused = await post(to, JSON.stringify([counters()]), "192.0.2.1");
    expect([refused.status, Number(refused.headers.get("retry-after")) > 0]).toEqual([429, true]);
    expect(((await refused.json()) as { detail: string }).detail).toContain("could not be used");
    expect((await post(to, JSON.stringify([counters()]), "192.0.2.2")).status).toBe(202);
    expect(await counted()).toBe(1);
  });

  it("pays for the part that is refused alone: what it mixes with it is committed each time", async () => {
    const to = own();
    for (let at = 0; at < 600; at += 1) {
      const mixed = [
        ...Array.from({ length: 3 }, (_, nth) => counters({ reporter: "mixed", events: at * 100 + nth })),
        {},
      ];
      const answer = await post(to, JSON.stringify(mixed), "192.0.2.3", "?partial=true");
      expect([answer.status, await answer.json()]).toMatchObject([207, { accepted: 3, refused: [{ index: 3 }] }]);
    }
    expect(await counted()).toBe(599 * 100 + 2);
  });
});

describe("a batch with far too many faults", () => {
  const bad = {
    specversion: "1.0",
    type: "tidemark.counters.v1",
    data: { reports: Array.from({ length: 40 }, () => ({})) },
  };

  it("is answered with the first thousand, whatever follows them", async () => {
    const answer = await send(Array.from({ length: 2_000 }, () => bad));
    expect([answer.status, answer.body.errors.length]).toEqual([400, 1_000]);
  });

  it("in part: every refused event is listed, beyond a thousand faults with its first one; the others are committed", async () => {
    const events = [...Array.from({ length: 2_000 }, () => bad), counters({ events: 7 })];
    const { status, body } = await send(events, { query: "?partial=true" });
    expect([status, body.accepted, body.refused.length]).toEqual([207, 1, 2_000]);
    expect(body.refused.at(-1)).toMatchObject({ index: 1_999, status: 400, faults: [{ pointer: "/id" }] });
    expect(body.refused.flatMap(({ faults }: { faults: object[] }) => faults).length).toBeLessThan(3_200);
    expect(await counted()).toBe(7);
  });
});
