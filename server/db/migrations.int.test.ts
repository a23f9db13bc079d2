import { randomBytes } from "node:crypto";
import { cp, mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pg from "pg";
import { afterEach, beforeEach, expect, inject, test } from "vitest";
import { situationSchema } from "#domain/api/situation.ts";
import { openDatabase } from "./database.ts";
import { ensurePartitions } from "./partitions.ts";
import { migrateDatabase } from "./schema-engine.ts";

const allMigrations = join(import.meta.dirname, "../../prisma/migrations");
let name: string;
let url: string;

beforeEach(async () => {
  name = `migrate_${randomBytes(6).toString("hex")}`;
  url = `${inject("postgresUrl")}/${name}`;
  await run(`${inject("postgresUrl")}/postgres`, `CREATE DATABASE ${name}`);
});

afterEach(async () => {
  await run(`${inject("postgresUrl")}/postgres`, `DROP DATABASE ${name} WITH (FORCE)`);
});

test("a database whose datacenter ids were used up keeps its facts, in every partition, and accepts more datacenters", async () => {
  await migrateBefore("20261128100301_integer_datacenter_ids");
  await createPartitionsAsThen();
  await run(
    url,
    `INSERT INTO datacenter (id, name, discovered_at) VALUES (32767, 'last', now());
     SELECT setval('datacenter_id_seq', 32767);
     INSERT INTO report (hour, landed_hour, epoch, events, event_type_id, reporter_id, datacenter_id, stage)
     VALUES ('2026-11-01T00:00Z', '2026-11-01T00:00Z', 0, 7, 1, 1, 32767, 1)`,
  );

  await migrateDatabase(url);

  expect(await run(url, "SELECT datacenter_id, events FROM report")).toEqual([{ datacenter_id: 32767, events: "7" }]);
  expect(
    await run(
      url,
      `SELECT table_schema, table_name FROM information_schema.columns
        WHERE (column_name = 'datacenter_id' OR (table_name = 'datacenter' AND column_name = 'id')) AND data_type <> 'integer'`,
    ),
  ).toEqual([]);
  expect(await run(url, "INSERT INTO datacenter (name, discovered_at) VALUES ('next', now()) RETURNING id")).toEqual([
    { id: 32768 },
  ]);
  const after = openDatabase(url, { applicationName: "tidemark test" });
  // A month that is created afterwards fits its parent.
  await ensurePartitions(after, [new Date("2026-12-01T00:00:00Z")]);
  await after.close();
});

test("names of before are normalised where no other name stands in their way", async () => {
  await migrateBefore("20261128100514_normalised_names");
  await run(
    url,
    `INSERT INTO event_type (name, discovered_at, datacenters) VALUES
       (U&'Cafe\\0301', now(), ARRAY[U&'Zu\\0308rich', 'ams']), (U&'Twin e\\0301', now(), '{}'), (U&'Twin \\00e9', now(), '{}');
     INSERT INTO datacenter (name, discovered_at) VALUES (U&'Zu\\0308rich', now()), ('ams', now());
     INSERT INTO reporter (name) VALUES (U&'re\\0301'), (U&'n\\0303'), (U&'\\00f1');`,
  );
  await migrateDatabase(url);
  expect(await run(url, "SELECT name, datacenters FROM event_type ORDER BY id")).toEqual([
    { name: "Caf\u00e9", datacenters: ["Z\u00fcrich", "ams"] },
    { name: "Twin e\u0301", datacenters: [] },
    { name: "Twin \u00e9", datacenters: [] },
  ]);
  expect(await run(url, "SELECT name FROM datacenter ORDER BY id")).toEqual([{ name: "Z\u00fcrich" }, { name: "ams" }]);
  expect(await run(url, "SELECT name FROM reporter ORDER BY id")).toEqual([
    { name: "r\u00e9" },
    { name: "n\u0303" },
    { name: "\u00f1" },
  ]);
});

test("messages, escalations and looks at groups that waited as jobs wait in the outbox, and the log is kept", async () => {
  await migrateBefore("20261129100000_one_outbox");
  await run(
    url,
    `INSERT INTO event_type (id, name, discovered_at) VALUES (1, 'EndSong', now());
     INSERT INTO consumer (id, event_type_id, name, contact, registered_at, registered_by, updated_at)
       VALUES (1, 1, 'royalties', 'them', now(), 'test', now());
     INSERT INTO subscription (id, consumer_id, event_type_id, url, allow_private, events, secret, created_at, created_by)
       VALUES ('sub_1', 1, 1, 'https://example.com', false, '{complete}', 'whsec_', now(), 'test');
     INSERT INTO subscription_message (id, subscription_id, event_type_id, hour, event, sequence, state, ready, revision, known, produced,
                                       delivered, lost, duplicated, skewed, queued_at, attempts, delivered_at, gave_up_at, last_error)
     SELECT id, 'sub_1', 1, '2026-11-01T05:00Z', 'complete', sequence, 'complete', true, 1, true, 1, 1, 0, 0, 0, '2026-11-01T06:00Z',
            attempts, delivered_at, gave_up_at, last_error
       FROM (VALUES ('m1', 1, 1, timestamptz '2026-11-01T06:01Z', NULL::timestamptz, NULL), ('m2', 2, 9, NULL, '2026-11-04T06:00Z', 'HTTP 500'),
                    ('m3', 3, 1, NULL, NULL, 'HTTP 503')) m (id, sequence, attempts, delivered_at, gave_up_at, last_error);
     INSERT INTO incident (id, cause_key, cause, title, severity, state, since, opened_at, changed_at)
       VALUES (7, 'x', '{}', 'x', 'page', 'open', now(), now(), now());
     INSERT INTO delivery (dedup_key, channel, kind, incident_id, body, state, created_at, thread_key)
       VALUES ('page', 'pd', 'notify', 7, '{}', 'queued', '2026-11-05Z', 'tidemark:7:x');
     INSERT INTO notification_group (key, receiver, route, labels, created_at, told_firing) VALUES
       ('due', 'team', '', '{}', now(), '{a}'), ('lost', 'team', '', '{}', now(), '{b}'), ('quiet', 'team', '', '{}', now(), '{}');
     CREATE SCHEMA IF NOT EXISTS graphile_worker;
     CREATE TABLE graphile_worker._private_tasks (id int, identifier text);
     CREATE TABLE graphile_worker._private_jobs (id bigint, task_id int, key text, payload json, run_at timestamptz);
     INSERT INTO graphile_worker._private_tasks VALUES (1, 'flush'), (2, 'deliver'), (3, 'escalate'), (4, 'deliver-subscription');
     INSERT INTO graphile_worker._private_jobs VALUES
       (1, 1, 'flush:due', '{"key":"due"}', '2030-01-01Z'), (2, 2, 'deliver:1', '{"deliveryId":"1"}', '2030-01-02Z'),
       (3, 3, 'escalate:7:0:team', '{"incidentId":"7","receiver":"team","step":0}', '2030-01-03Z'),
       (4, 4, 'subscription m3', '{"messageId":"m3"}', '2030-01-04Z');`,
  );
  await migrateDatabase(url);
  expect(
    await run(
      url,
      `SELECT dedup_key, producer, receiver, thread_key, state, attempts, extract(year FROM due_at)::int AS year,
              (SELECT string_agg(outcome || ' ' || detail, ',') FROM delivery_attempt WHERE delivery_id = delivery.id) AS log
         FROM delivery ORDER BY id`,
    ),
  ).toMatchObject([
    { dedup_key: "page", producer: "channel", receiver: "pd", state: "queued", year: 2030 },
    {
      dedup_key: "m1",
      producer: "subscription",
      receiver: "sub_1",
      thread_key: "2026-11-01T05 hour",
      state: "sent",
      log: null,
    },
    { dedup_key: "m2", state: "failed", attempts: 9, log: "permanent HTTP 500" },
    { dedup_key: "m3", state: "queued", attempts: 1, year: 2030, log: "retryable HTTP 503" },
  ]);
  expect(
    await run(url, "SELECT key, flush_at > now() + interval '1 year' AS later FROM notification_group ORDER BY key"),
  ).toEqual([
    { key: "due", later: true },
    { key: "lost", later: false },
    { key: "quiet", later: null },
  ]);
  expect(await run(url, "SELECT incident_id, receiver, step FROM escalation")).toEqual([
    { incident_id: "7", receiver: "team", step: 0 },
  ]);
  // A process of the version before reads it and refuses to start.
  expect(await run(url, "SELECT id, breaking FROM graphile_worker.migrations")).toEqual([
    { id: 1_000_000, breaking: true },
  ]);
  expect(await run(url, "SELECT FROM pg_tables WHERE schemaname = 'graphile_worker'")).toHaveLength(1);
});

test("what a group was notified of, a timeline and a loop's turns are kept under their new names", async () => {
  await migrateBefore("20261129140000_glossary_names");
  await run(
    url,
    `INSERT INTO notification_group (key, receiver, route, labels, created_at, told_firing, told_resolved)
       VALUES ('team', 'team', '', '{}', now(), '{a}', '{b}');
     INSERT INTO incident (id, cause_key, cause, title, severity, state, since, opened_at, changed_at)
       VALUES (7, 'x', '{}', 'x', 'page', 'open', now(), now(), now());
     INSERT INTO incident_event (incident_id, at, kind, actor, message, detail)
       VALUES (7, now(), 'hours_hurt', 'tidemark', '1 more hour affected.', '{}');
     INSERT INTO worker_turn VALUES ('births', 'a', now(), now(), now(), 61, 0);`,
  );
  await migrateDatabase(url);
  expect(await run(url, "SELECT notified_firing, notified_resolved FROM notification_group")).toEqual([
    { notified_firing: ["a"], notified_resolved: ["b"] },
  ]);
  expect(await run(url, "SELECT kind FROM incident_event")).toEqual([{ kind: "hours_affected" }]);
  expect(await run(url, "SELECT turn FROM worker_turn")).toEqual([{ turn: "create-hours" }]);
});

test("incidents from before have one revision of what was stored of them, and the alerts they ever had", async () => {
  await migrateBefore("20261129160000_situations");
  await run(
    url,
    `INSERT INTO incident (id, cause_key, cause, title, severity, state, since, opened_at, changed_at, resolved_at)
       VALUES (7, 'datacenter/sjc/lost', '{"code": "stage_loss", "datacenter": "sjc", "stage": "delivered", "score": 0.5, "sentence": "sjc lost events.",
                     "evidence": [{"fact": "7 of 10 arrived.", "at": null, "figure": 7, "unit": "events"}]}',
               'sjc: events lost', 'page', 'resolved', '2026-11-20T12:00Z', '2026-11-20T12:10Z', '2026-11-20T15:00Z', '2026-11-20T15:00Z'),
              (8, 'x', '{}', 'x', 'page', 'open', '2026-11-20T13:00Z', '2026-11-20T13:00Z', '2026-11-20T13:00Z', NULL);
     INSERT INTO alert (fingerprint, rule, labels, annotations, severity, state, incident_id, changed_at, evaluated_at)
       VALUES ('a', 'events-lost', '{}', '{"summary": "lost"}', 'page', 'firing', 8, '2026-11-20T16:00Z', now());
     INSERT INTO alert_transition (fingerprint, rule, labels, from_state, to_state, at, reason, incident_id)
       VALUES ('a', 'events-lost', '{}', 'normal', 'firing', '2026-11-20T12:10Z', 'true', 7);`,
  );
  await migrateDatabase(url);
  const rows = await run(
    url,
    "SELECT id::int, situation, situation_revision AS revision, situation_at IS NULL AS due FROM incident ORDER BY id",
  );
  expect(rows).toMatchObject([
    {
      id: 7,
      revision: 1,
      due: false,
      situation: {
        phase: "over",
        onset: { at: "2026-11-20T12:00:00Z", source: "alert" },
        extent: { datacenters: ["sjc"] },
      },
    },
    { id: 8, revision: 1, due: true, situation: { phase: "ongoing" } },
  ]);
  for (const { situation } of rows as { situation: unknown }[]) situationSchema.parse(situation);
  expect(await run(url, "SELECT incident_id::int AS id, fingerprint FROM incident_alert ORDER BY 1")).toEqual([
    { id: 7, fingerprint: "a" },
    { id: 8, fingerprint: "a" },
  ]);
  expect(await run(url, "SELECT incident_id::int AS id, revision FROM incident_situation ORDER BY 1")).toEqual([
    { id: 7, revision: 1 },
    { id: 8, revision: 1 },
  ]);
});

async function migrateBefore(migrationName: string): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), "tidemark-migrations-"));
  for (const entry of await readdir(allMigrations)) {
    if (entry < migrationName || entry.endsWith(".toml")) {
      await cp(join(allMigrations, entry), join(folder, entry), { recursive: true });
    }
  }
  await migrateDatabase(url, folder);
  await rm(folder, { recursive: true });
}

/** The partitions that the product of that time would have made: of the tables that existed then. */
async function createPartitionsAsThen(): Promise<void> {
  for (const table of ["report", "report_packed", "produced_hour", "hour_marker"]) {
    await run(url, `CREATE TABLE partitions.${table}_2026_11 (LIKE public.${table} INCLUDING ALL)`);
    await run(
      url,
      `ALTER TABLE public.${table} ATTACH PARTITION partitions.${table}_2026_11
         FOR VALUES FROM ('2026-11-01T00:00:00.000Z') TO ('2026-12-01T00:00:00.000Z')`,
    );
  }
}

async function run(connectionString: string, statement: string): Promise<unknown[]> {
  const client = new pg.Client({ connectionString });
  await client.connect();
  try {
    const result: unknown = await client.query(statement);
    return (Array.isArray(result) ? result.at(-1) : (result as pg.QueryResult)).rows;
  } finally {
    await client.end();
  }
}
