import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { type HourStory, openingOf } from "#test/hour-story.ts";

const opening = openingOf(
  { now: "2026-11-22T13:20:00Z", activeFrom: "2026-11-22T12:00:00Z", eventTypes: ["EndSong", "AdClick"] },
  async (lived) => {
    await lived.test.database.sql.query(
      `UPDATE event_type SET labels = '{"openlineage-namespace": "gs://events", "openlineage-name": "ad_click"}' WHERE name = 'AdClick'`,
    );
  },
);
let story: HourStory;
beforeEach(async () => {
  story = await opening.begin();
});
afterEach(() => story.end());

interface Sent {
  job?: object;
  inputs?: object[];
  [member: string]: unknown;
}

async function send({ job = { namespace: "airflow", name: "royalties/daily" }, inputs = [], ...more }: Sent) {
  const body = { eventType: "COMPLETE", eventTime: "2026-11-22T13:10:00Z", run: { runId: "x" }, job, inputs, ...more };
  const answer = await story.api.call("POST", "/api/v1/lineage", { body });
  return { status: answer.status, body: await answer.json() };
}

const endSong = { namespace: "tidemark", name: "EndSong" };
const adClick = { namespace: "gs://events", name: "ad_click" };
const other = { namespace: "airflow", name: "other" };
const discovered = async () => (await story.get("/discovered-consumers")).body.items;
const discoveredNames = async () => (await discovered()).map(({ consumer }: { consumer: string }) => consumer);
const act = async (consumer: string, verb: string) =>
  (await story.api.call("POST", `/api/v1/event-types/AdClick/discovered-consumers/${consumer}/${verb}`)).json();

describe("a job that reads a type's dataset", () => {
  test("is discovered, by the type's name or the dataset that its labels name", async () => {
    const inputs = [endSong, { ...adClick, facets: {} }, { namespace: "x", name: "y" }];
    expect(await send({ inputs })).toEqual({ status: 202, body: { eventTypes: 2 } });
    expect(await discovered()).toEqual(
      ["AdClick", "EndSong"].map((eventType) => ({
        eventType,
        consumer: "royalties-daily",
        jobNamespace: "airflow",
        jobName: "royalties/daily",
        firstSeenAt: "2026-11-22T13:20:00Z",
        lastSeenAt: "2026-11-22T13:20:00Z",
        dismissedAt: null,
        dismissedBy: null,
      })),
    );
  });

  test("is confirmed by registering it, and listed no longer", async () => {
    await send({ inputs: [endSong, adClick] });
    await story.api.call("PUT", "/api/v1/event-types/EndSong/consumers/royalties-daily", {
      body: { contact: "#royalties" },
    });
    await send({ inputs: [endSong] });
    expect((await discovered()).map(({ eventType }: { eventType: string }) => eventType)).toEqual(["AdClick"]);
  });

  test("is dismissed once, is not suggested when it is seen again, and comes back when that is taken back", async () => {
    await send({ inputs: [adClick] });
    expect(await act("royalties-daily", "dismiss")).toMatchObject({
      dismissedAt: "2026-11-22T13:20:00Z",
      dismissedBy: "admin",
    });
    story.clock.set("2026-11-22T13:30:00Z");
    expect(await act("royalties-daily", "dismiss")).toMatchObject({ dismissedAt: "2026-11-22T13:20:00Z" });
    await send({ inputs: [adClick] });
    expect(await discovered()).toEqual([]);
    const dismissed = (await story.get("/discovered-consumers?dismissed=true")).body.items;
    expect(dismissed).toMatchObject([{ consumer: "royalties-daily", lastSeenAt: "2026-11-22T13:30:00Z" }]);
    expect(await act("royalties-daily", "restore")).toMatchObject({ dismissedAt: null, dismissedBy: null });
    expect(await discovered()).toMatchObject([{ eventType: "AdClick" }]);
    const { items } = (await story.get("/audit?limit=2")).body;
    expect(items).toMatchObject([
      { act: "discovered_consumer.restored", name: "AdClick/royalties-daily" },
      { act: "discovered_consumer.dismissed", name: "AdClick/royalties-daily" },
    ]);
    expect(await act("royalties-daily-x", "dismiss")).toMatchObject({ status: 404 });
  });

  test("is forgotten 30 days after it was last seen", async () => {
    await send({ inputs: [adClick] });
    story.clock.set("2026-12-23T00:00:00Z");
    await send({ job: other, inputs: [adClick] });
    expect(await discoveredNames()).toEqual(["other"]);
  });

  test("stays dismissed for longer: it may run once a quarter", async () => {
    story.clock.set("2026-12-23T00:00:00Z");
    await send({ job: other, inputs: [adClick] });
    await act("other", "dismiss");
    story.clock.set("2027-03-23T00:00:00Z");
    await send({ job: { namespace: "airflow", name: "third" }, inputs: [adClick] });
    await send({ job: other, inputs: [adClick] });
    expect(await discoveredNames()).toEqual(["third"]);
  });
});

describe("what discovers nothing", () => {
  test.each<[string, Sent]>([
    ["inputs that are no type's", { inputs: [{ namespace: "tidemark", name: "ad_click" }] }],
    ["no inputs", {}],
    [
      "Tidemark's own check of the dataset",
      { job: { namespace: "tidemark", name: "completeness.EndSong" }, inputs: [endSong] },
    ],
    [
      "a job of whose name no character may be a consumer's",
      { job: { namespace: "a", name: "日次" }, inputs: [endSong] },
    ],
  ])("%s", async (_, sent) => {
    expect(await send(sent)).toEqual({ status: 202, body: { eventTypes: 0 } });
  });

  test("a type has 1,000 discovered consumers at most; those known are still seen", async () => {
    await story.test.database.sql.query(
      `INSERT INTO discovered_consumer
       SELECT id, 'job-' || n, 'spark', 'job-' || n, '2026-11-22Z', '2026-11-22Z'
         FROM event_type, generate_series(1, 1000) n WHERE name = 'EndSong'`,
    );
    await send({ job: { namespace: "spark", name: "job-more" }, inputs: [endSong] });
    await send({ job: { namespace: "spark2", name: "job-1" }, inputs: [endSong] });
    const { rows } = await story.test.database.sql.query(
      `SELECT count(*)::int AS jobs, bool_or(job_namespace = 'spark2') AS seen FROM discovered_consumer d
         JOIN event_type e ON e.id = d.event_type_id WHERE e.name = 'EndSong' AND consumer LIKE 'job-%'`,
    );
    expect(rows).toEqual([{ jobs: 1000, seen: true }]);
  });
});

describe("bad input", () => {
  test.each<[string, Sent]>([
    ["no time", { eventTime: "yesterday" }],
    ["a job without a name", { job: { namespace: "airflow" } }],
    ["more than 1,000 inputs", { inputs: Array.from({ length: 1_001 }, () => endSong) }],
    ["a name of more than 1,024 characters", { inputs: [{ namespace: "tidemark", name: "x".repeat(1_025) }] }],
  ])("%s is 400", async (_, sent) => {
    expect((await send(sent)).status).toBe(400);
  });

  test("a token limited to other types discovers nothing", async () => {
    const made = await story.api.call("POST", "/api/v1/tokens", {
      body: { name: "limited", scopes: ["ingest"], eventTypes: ["Ad*"] },
    });
    const { token } = (await made.json()) as { token: string };
    const body = { eventTime: "2026-11-22T13:10:00Z", job: { namespace: "a", name: "b" }, inputs: [endSong] };
    const answer = await story.api.call("POST", "/api/v1/lineage", { token, body });
    expect(await answer.json()).toEqual({ eventTypes: 0 });
  });
});
