import { createServer, type IncomingMessage, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { everywhere } from "#domain/egress.ts";
import { parseSource } from "#domain/source.ts";
import { openEgress } from "#server/adapters/egress.ts";
import { openPublisher, type Publisher } from "#server/adapters/pubsub.ts";
import type { PubsubEmulator } from "#server/adapters/pubsub-emulator.ts";
import { BatchWriter } from "#server/facts/index.ts";
import { createLog } from "#server/process/log.ts";
import { HourStory } from "#test/hour-story.ts";
import { hasPubsubEmulator, needsPubsubEmulator, startTestPubsub } from "#test/pubsub.ts";
import { until } from "#test/until.ts";
import { unwatched, workerContext } from "#test/worker-context.ts";
import { bigQueryCollector } from "./bigquery.ts";
import { cloudStorageCollector } from "./cloud-storage.ts";
import type { Collectors } from "./collector.ts";
import { icebergCollector } from "./iceberg.ts";
import { collectAll } from "./loop.ts";

interface Asked {
  method: string;
  path: string;
  body: string;
  authorization: string | undefined;
}
type Reply = { status?: number; body: unknown };

/** A loopback service that answers what the test says, and keeps what it was asked. */
class LoopbackService {
  readonly asked: Asked[] = [];
  answer: (asked: Asked) => Reply = () => ({ status: 500, body: {} });
  readonly #server: Server = createServer((request, response) => void this.#serve(request, response));
  url = "";

  async start(): Promise<void> {
    await new Promise<void>((resolve) => this.#server.listen(0, "127.0.0.1", resolve));
    this.url = `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  async #serve(request: IncomingMessage, response: import("node:http").ServerResponse): Promise<void> {
    const chunks: Buffer[] = await Array.fromAsync(request);
    const asked = {
      method: request.method ?? "",
      path: request.url ?? "",
      body: Buffer.concat(chunks).toString("utf8"),
      authorization: request.headers.authorization,
    };
    this.asked.push(asked);
    const { status = 200, body } = this.answer(asked);
    response.writeHead(status, { "content-type": "application/json" });
    response.end(typeof body === "string" ? body : JSON.stringify(body));
  }
}

const hour = "2026-11-22T13";
const service = new LoopbackService();
let story: HourStory;
let stopping: AbortController;
let running: Promise<void>[] = [];

beforeAll(() => service.start());
afterAll(() => service.stop());
beforeEach(async () => {
  service.asked.length = 0;
  story = await HourStory.begin({
    now: "2026-11-22T14:20:00Z",
    activeFrom: "2026-11-22T13:00:00Z",
    activeTo: "2026-11-22T14:00:00Z",
    datacenters: ["ams"],
  });
  await story.count({ dc: "ams", stage: "produced", hour, events: 1_000 });
  stopping = new AbortController();
  running = [];
});
afterEach(async () => {
  stopping.abort();
  await Promise.all(running);
  await story.end();
});

async function apply(name: string, spec: object): Promise<void> {
  const answer = await story.api.call("PUT", `/api/v1/sources/${name}`, { body: spec });
  expect(answer.status, await answer.text()).toBe(200);
}

function collect(collectors: Collectors): void {
  const log = createLog({ name: "collect", level: "error", format: "json" });
  running.push(
    collectAll({
      ctx: workerContext(story.test.database, story.clock),
      instance: "test",
      log: { ...log, error: () => undefined } as unknown as typeof log,
      ...unwatched,
      signal: stopping.signal,
      wait: () => new Promise((resolve) => setTimeout(resolve, 5)),
      writer: new BatchWriter({ database: story.test.database, clock: story.clock, instance: "test" }),
      collectors,
    }),
  );
}

// biome-ignore lint/suspicious/noExplicitAny: tests read answers of any shape
const source = async (name: string): Promise<any> => (await story.get(`/sources/${name}`)).body;
const runAfter = (name: string, instant: string) =>
  until(`${name} is collected at ${instant}`, async () => (await source(name)).run?.startedAt === instant);

async function verdict() {
  await story.judge();
  return (await story.get(`/event-types/EndSong/hours/${hour}`)).body;
}

const modifiedMs = Date.parse("2026-11-22T14:10:00Z");
const row = (...cells: (string | null)[]) => ({ f: cells.map((v) => ({ v })) });
const jobReference = { projectId: "my-project", jobId: "job_1", location: "EU" };
const partitions = (rows: unknown[], more: object = {}) => ({
  body: {
    kind: "bigquery#queryResponse",
    jobComplete: true,
    jobReference,
    totalRows: String(rows.length),
    rows,
    ...more,
  },
});
const bigQuery = (more: object = {}) => ({
  bigQuery: {
    project: "my-project",
    dataset: "delivered",
    tables: [{ match: "(?<type>[A-Za-z]+)_(?<dc>[a-z]+)", eventType: "$type", datacenter: "$dc" }],
    ...more,
  },
});
const openBigQuery = () =>
  bigQueryCollector({ endpoint: service.url, egress: openEgress(everywhere), token: async () => "an access token" });

describe("BigQuery", () => {
  it("completes an hour with the rows of its partition, read in pages once the job is done", async () => {
    service.answer = ({ method, path }) => {
      if (method === "POST") return { body: { jobComplete: false, jobReference } };
      if (path.includes("pageToken=next")) return partitions([row("Other", "2026112213", "7", String(modifiedMs))]);
      return partitions([row("EndSong_ams", "2026112213", "1000", String(modifiedMs))], { pageToken: "next" });
    };
    await apply("warehouse", bigQuery({ location: "EU", only: ["EndSong_ams"] }));
    collect({ bigQuery: openBigQuery() });
    await runAfter("warehouse", "2026-11-22T14:20:00.000Z");
    const [query] = service.asked;
    expect(query).toMatchObject({ method: "POST", path: "/bigquery/v2/projects/my-project/queries" });
    expect(query?.authorization).toBe("Bearer an access token");
    expect(JSON.parse(query?.body ?? "")).toMatchObject({
      useLegacySql: false,
      location: "EU",
      query: expect.stringContaining("FROM `my-project.delivered.INFORMATION_SCHEMA.PARTITIONS`"),
      queryParameters: [{ name: "from", parameterValue: { value: "20261120" } }, { name: "only" }],
    });
    expect(service.asked.slice(1).map(({ path }) => path.split("?")[0])).toEqual(
      Array(2).fill("/bigquery/v2/projects/my-project/queries/job_1"),
    );
    expect((await source("warehouse")).run).toMatchObject({
      calls: 3,
      events: 1,
      mapped: 1,
      notMapped: 1,
      problems: [],
    });
    expect(await verdict()).toMatchObject({ state: "closing", produced: 1_000, delivered: 1_000, lost: 0 });
    await story.watermark("ams", "2026-11-22T14:00:00Z");
    expect(await verdict()).toMatchObject({ state: "complete", completeness: 1 });
  });

  it("follows rows that are removed, and sends no partition again that was not modified", async () => {
    let rows = [row("EndSong_ams", "2026112213", "1200", String(modifiedMs))];
    service.answer = () => partitions(rows);
    await apply("warehouse", bigQuery());
    collect({ bigQuery: openBigQuery() });
    await runAfter("warehouse", "2026-11-22T14:20:00.000Z");
    expect((await verdict()).delivered).toBe(1_200);
    await story.at("2026-11-22T14:26:00Z");
    await runAfter("warehouse", "2026-11-22T14:26:00.000Z");
    expect((await source("warehouse")).run.events).toBe(0);
    rows = [row("EndSong_ams", "2026112213", "1000", String(modifiedMs + 1_000))];
    await story.at("2026-11-22T14:32:00Z");
    await runAfter("warehouse", "2026-11-22T14:32:00.000Z");
    expect((await verdict()).delivered).toBe(1_000);
  });

  it("says what a table partitioned by day, and rows in the streaming buffer, leave open", async () => {
    service.answer = () =>
      partitions([
        row("EndSong_ams", "20261122", "1000", String(modifiedMs)),
        row("EndSong_ams", "__UNPARTITIONED__", "12", String(modifiedMs)),
      ]);
    await apply("warehouse", bigQuery());
    collect({ bigQuery: openBigQuery() });
    await runAfter("warehouse", "2026-11-22T14:20:00.000Z");
    expect((await source("warehouse")).run.problems).toEqual([
      "Table EndSong_ams is partitioned by day: it does not say what an hour holds. Partition it by hour.",
    ]);
    expect((await verdict()).delivered).toBe(0);
  });

  it.each([
    [
      403,
      "quotaExceeded",
      "Quota exceeded",
      "BigQuery's quota of project my-project is used up. It says: Quota exceeded",
    ],
    [403, "accessDenied", "Access Denied", "grant roles/bigquery.jobUser on project my-project"],
    [404, "notFound", "Not found", "BigQuery has no dataset my-project.delivered"],
    [401, "authError", "Invalid Credentials", "does not accept this machine's credentials"],
    [400, "invalidQuery", "Too many tables", "BigQuery answered 400. It says: Too many tables"],
  ])("fails with a sentence on %i %s", async (status, reason, message, sentence) => {
    service.answer = () => ({ status, body: { error: { code: status, message, errors: [{ reason, message }] } } });
    await apply("warehouse", bigQuery());
    collect({ bigQuery: openBigQuery() });
    await until("it fails", async () => (await source("warehouse")).state === "failing");
    expect((await source("warehouse")).run.error).toContain(sentence);
  });

  it.each([
    ["a negative row count", partitions([row("EndSong_ams", "2026112213", "-1", "1")])],
    ["a row count that is no number", partitions([row("EndSong_ams", "2026112213", "many", "1")])],
    ["no time", partitions([row("EndSong_ams", "2026112213", "1", null)])],
    ["no rows", { body: { jobComplete: true, rows: {} } }],
    ["no JSON", { body: "<html>" }],
    ["another answer", { body: { hello: 1 } }],
  ])("takes nothing of an answer with %s", async (_, reply) => {
    service.answer = () => reply;
    await apply("warehouse", bigQuery());
    collect({ bigQuery: openBigQuery() });
    await until("it fails", async () => (await source("warehouse")).state === "failing");
    expect((await source("warehouse")).run.error).toMatch(/cannot be read|did not answer JSON/);
    expect((await verdict()).delivered).toBe(0);
  });
});

interface Commit {
  id: string;
  parent?: string;
  at: string;
  summary: Record<string, string>;
}
const included = { "partition-summaries-included": "true", "changed-partition-count": "1" };
const added = (count: number, more = "") => `added-data-files=1,added-records=${count},added-files-size=10${more}`;
/** As text: snapshot ids are longs, which JavaScript would round. */
function metadata(updatedAt: string, commits: readonly Commit[]): string {
  const snapshots = commits.map(
    ({ id, parent, at, summary }) =>
      `{"snapshot-id": ${id}, ${parent === undefined ? "" : `"parent-snapshot-id": ${parent}, `}"timestamp-ms": ${Date.parse(at)}, "summary": ${JSON.stringify({ operation: "append", ...summary })}}`,
  );
  const current = commits.at(-1)?.id ?? "-1";
  return `{"metadata-location": "s3://x", "metadata": {"format-version": 2, "last-updated-ms": ${Date.parse(updatedAt)}, "current-snapshot-id": ${current}, "snapshots": [${snapshots.join(", ")}]}}`;
}

describe("Iceberg", () => {
  let commits: Commit[] = [];
  let updatedAt = "";
  const spec = (more: object = {}) => ({
    iceberg: {
      uri: `${service.url}/catalog/`,
      warehouse: "main",
      token: { env: "TIDEMARK_SECRET_ICEBERG" },
      namespaces: ["analytics.delivered"],
      tables: [
        { match: "analytics\\.delivered\\.(?<type>\\w+)/dc=(?<dc>\\w+)", eventType: "$type", datacenter: "$dc" },
      ],
      ...more,
    },
  });
  const open = (secret: string | null = "catalog token") =>
    icebergCollector({ egress: openEgress(everywhere), readSecret: () => secret });
  beforeEach(() => {
    updatedAt = "2026-11-22T14:10:00Z";
    service.answer = ({ path }) => {
      if (path.startsWith("/catalog/v1/config")) return { body: { defaults: {}, overrides: { prefix: "p1" } } };
      if (path.includes("/tables?"))
        return path.includes("pageToken=2")
          ? { body: { identifiers: [{ namespace: ["analytics", "delivered"], name: "EndSong" }] } }
          : { body: { identifiers: [], "next-page-token": "2" } };
      return { body: metadata(updatedAt, commits) };
    };
  });

  it("completes an hour with what its commits added, less what they removed, and the writer's watermark", async () => {
    const partition = "partitions.dc=ams/event_time_hour=2026-11-22-13";
    commits = [
      { id: "8270633197658268308", at: "2026-11-22T13:20:00Z", summary: { ...included, [partition]: added(700) } },
      {
        id: "8270633197658268309",
        parent: "8270633197658268308",
        at: "2026-11-22T13:50:00Z",
        summary: { ...included, [partition]: added(500, ",deleted-data-files=1,deleted-records=200") },
      },
      {
        id: "8270633197658268310",
        parent: "8270633197658268309",
        at: "2026-11-22T14:05:00Z",
        summary: { "changed-partition-count": "0", "flink.watermark": String(Date.parse("2026-11-22T14:00:00Z")) },
      },
    ];
    await apply("lake", spec({ watermarkProperty: "flink.watermark" }));
    collect({ iceberg: open() });
    await runAfter("lake", "2026-11-22T14:20:00.000Z");
    expect((await source("lake")).run).toMatchObject({ problems: [], events: 2, calls: 4 });
    expect(service.asked.map(({ path }) => path.split("?")[0])).toEqual([
      "/catalog/v1/config",
      "/catalog/v1/p1/namespaces/analytics%1Fdelivered/tables",
      "/catalog/v1/p1/namespaces/analytics%1Fdelivered/tables",
      "/catalog/v1/p1/namespaces/analytics%1Fdelivered/tables/EndSong",
    ]);
    expect(service.asked[0]?.authorization).toBe("Bearer catalog token");
    expect(await verdict()).toMatchObject({ state: "complete", delivered: 1_000, completeness: 1 });
    // A rollback takes rows back; the count follows.
    commits = commits.slice(0, 1);
    updatedAt = "2026-11-22T14:24:00Z";
    await story.at("2026-11-22T14:26:00Z");
    await runAfter("lake", "2026-11-22T14:26:00.000Z");
    expect(await verdict()).toMatchObject({ delivered: 700 });
  });

  it.each([
    [
      "summaries without partitions",
      [{ id: "1", at: "2026-11-22T13:20:00Z", summary: { "added-records": "1000", "changed-partition-count": "1" } }],
      "snapshot 1 does not say what it added to each hour. Set write.summary.partition-limit",
    ],
    [
      "snapshots that expired since the hour's start",
      [
        {
          id: "2",
          parent: "1",
          at: "2026-11-22T13:20:00Z",
          summary: { ...included, "partitions.dc=ams/h=2026-11-22-13": added(1_000) },
        },
      ],
      "1 hour is not counted, because snapshots before 2026-11-22T13:20:00.000Z have expired",
    ],
    [
      "delete files",
      [
        {
          id: "1",
          at: "2026-11-22T13:20:00Z",
          summary: { ...included, "partitions.dc=ams/h=2026-11-22-13": added(1_000, ",added-position-deletes=3") },
        },
      ],
      "1 hour is not counted, because delete files removed rows",
    ],
  ])("never guesses: %s are a problem, and no count", async (_, found, problem) => {
    commits = found;
    await apply("lake", spec());
    collect({ iceberg: open() });
    await runAfter("lake", "2026-11-22T14:20:00.000Z");
    expect((await source("lake")).run.problems).toEqual([expect.stringContaining(problem)]);
    expect((await verdict()).delivered).toBe(0);
  });

  it("reads the other tables if one cannot be read, and fails if the catalog refuses", async () => {
    service.answer = ({ path }) => {
      if (path.startsWith("/catalog/v1/config")) return { body: {} };
      if (path.includes("/tables?")) return { body: { identifiers: [{ name: "Broken" }, { name: "EndSong" }] } };
      if (path.includes("Broken")) return { body: { metadata: [] } };
      const at = "2026-11-22T13:20:00Z";
      const summary = { ...included, "partitions.dc=ams/h=2026-11-22-13": added(900) };
      return { body: metadata(updatedAt, [{ id: "1", at, summary }]) };
    };
    await apply("lake", spec());
    collect({ iceberg: open() });
    await runAfter("lake", "2026-11-22T14:20:00.000Z");
    expect((await source("lake")).run.problems).toEqual([
      "Table analytics.delivered.Broken: The catalog's answer is not an Iceberg table's metadata.",
    ]);
    expect((await verdict()).delivered).toBe(900);
    service.answer = () => ({
      status: 403,
      body: { error: { message: "Forbidden", type: "ForbiddenException", code: 403 } },
    });
    await story.at("2026-11-22T14:26:00Z");
    await until("it fails", async () => (await source("lake")).state === "failing");
    expect((await source("lake")).run.error).toContain("The Iceberg catalog denies access");
  });

  it("fails, and asks nothing, while the token's variable is not set", async () => {
    await apply("lake", spec());
    collect({ iceberg: open(null) });
    await until("it fails", async () => (await source("lake")).state === "failing");
    expect((await source("lake")).run.error).toContain("TIDEMARK_SECRET_ICEBERG is not set");
    expect(service.asked).toEqual([]);
  });
});

describe.skipIf(!hasPubsubEmulator)(`Cloud Storage (needs ${needsPubsubEmulator})`, () => {
  let emulator: PubsubEmulator;
  let publisher: Publisher;
  const subscription = "projects/my-project/subscriptions/objects";
  beforeAll(async () => {
    emulator = await startTestPubsub();
    publisher = await openPublisher({
      projectId: "my-project",
      emulatorHost: emulator.host,
      topic: "objects",
      subscriptions: [{ name: "objects", endpoint: null }],
    });
  });
  afterAll(async () => {
    await publisher.close();
    await emulator.stop();
  });

  const notify = (objectId: string, more: Record<string, string> = {}) =>
    publisher.publish(Buffer.from("{}"), {
      notificationConfig: "projects/_/buckets/delivered/notificationConfigs/1",
      eventType: "OBJECT_FINALIZE",
      payloadFormat: "JSON_API_V1",
      bucketId: "delivered",
      objectId,
      objectGeneration: "1795357000000000",
      eventTime: "2026-11-22T14:07:00.123456Z",
      ...more,
    });

  it("closes an hour by its marker, and says which markers close nothing", async () => {
    await story.count({ dc: "ams", stage: "delivered", hour, events: 1_000 });
    await notify("EndSong/ams/dt=2026-11-22/hr=13/part-0001.avro");
    await notify("EndSong/ams/dt=2026-11-22/hr=13/_SUCCESS");
    await notify("EndSong/ams/dt=2026-11-22/hr=12/_SUCCESS", { eventType: "OBJECT_DELETE" });
    await notify("unknown/_SUCCESS");
    await notify("EndSong/ams/dt=2026-11-22/hr=77/_SUCCESS");
    await apply("objects", {
      cloudStorage: {
        subscription,
        objects: [
          {
            match: "delivered/(?<type>\\w+)/(?<dc>\\w+)/dt=(?<day>[0-9-]+)/hr=(?<h>\\d+)/_SUCCESS",
            eventType: "$type",
            datacenter: "$dc",
            hour: ["$", "{day}T$h"].join(""),
          },
        ],
      },
    });
    collect({ cloudStorage: cloudStorageCollector({ emulatorHost: emulator.host }) });
    await runAfter("objects", "2026-11-22T14:20:00.000Z");
    const { run } = await source("objects");
    expect(run).toMatchObject({ events: 1, mapped: 1, notMapped: 1 });
    expect(run.problems.sort()).toEqual([
      "No mapping matches the marker delivered/unknown/_SUCCESS.",
      'The marker delivered/EndSong/ams/dt=2026-11-22/hr=77/_SUCCESS closes nothing: "2026-11-22T77" is not an hour.',
    ]);
    expect(await verdict()).toMatchObject({ state: "complete", closedAt: "2026-11-22T14:07:00.123Z" });
  });

  it("acknowledges what is committed, and nothing before", { timeout: 120_000 }, async () => {
    const objects = [
      { match: "delivered/(?<type>\\w+)/_SUCCESS", eventType: "$type", datacenter: "d", hour: "2026-11-22T13" },
    ];
    const parsed = parseSource({ cloudStorage: { subscription, objects } });
    if (!parsed.ok) throw new Error(JSON.stringify(parsed.faults));
    const collector = await cloudStorageCollector({ emulatorHost: emulator.host }).open(parsed.spec);
    const look = {
      name: "objects",
      spec: parsed.spec,
      known: new Map(),
      now: story.clock.now(),
      signal: stopping.signal,
    };
    const seen = async () => (await collector.collect(look)).events.map(({ id }) => id.split("/")[1] ?? "");
    const comes = (name: string, others: string[] = []) =>
      until(`${name} comes`, async () => {
        const found = await seen();
        others.push(...found.filter((each) => each !== name));
        return found.includes(name);
      });
    await notify("First/_SUCCESS");
    await comes("First");
    // Not committed: its lease ends, and it comes again.
    await comes("First");
    await collector.committed?.();
    await notify("Second/_SUCCESS");
    const others: string[] = [];
    await comes("Second", others);
    // Once the second comes again, a first that was not acknowledged would have come too.
    await comes("Second", others);
    await collector.committed?.();
    await collector.close();
    expect(others).toEqual([]);
  });

  it("fails with a sentence for a subscription that does not exist", async () => {
    const objects = [{ match: ".*", eventType: "A", datacenter: "d", hour: "2026-11-22T13" }];
    await apply("objects", { cloudStorage: { subscription: "projects/my-project/subscriptions/none", objects } });
    collect({ cloudStorage: cloudStorageCollector({ emulatorHost: emulator.host }) });
    await until("it fails", async () => (await source("objects")).state === "failing");
    expect((await source("objects")).run.error).toContain(
      'Pub/Sub has no subscription "projects/my-project/subscriptions/none"',
    );
  });
});
