import { afterEach, beforeEach, expect, test } from "vitest";
import type { SituationJson } from "#domain/api/situation.ts";
import { readSituation } from "#domain/situation.ts";
import { ensurePartitions } from "#server/db/partitions.ts";
import { notifyOfIncidents } from "#server/notifications/notify-of-incidents.ts";
import { claimForTest } from "#test/catalogue.ts";
import { createTestDatabase, type TestDatabase } from "#test/database.ts";
import { situationForTest } from "#test/situation.ts";
import { ManualClock, workerContext } from "#test/worker-context.ts";
import { updateSituations } from "./update-situations.ts";
import { writeSituation } from "./write-situation.ts";

const clock = new ManualClock("2026-11-20T12:31:00Z");
let scratch: TestDatabase;
const first = situationForTest({
  title: "sjc: growing backlog",
  onset: { at: "2026-11-20T12:00:00Z", source: "alert" },
  cause: { ...situationForTest().cause, code: "backlog", datacenter: "sjc", score: 0.25 },
});

beforeEach(async () => {
  scratch = await createTestDatabase();
  clock.set("2026-11-20T12:31:00Z");
  const { sql } = scratch.database;
  await claimForTest(sql, { datacenters: ["lon", "sjc"], eventTypes: ["EndSong"], activeFrom: "2026-11-18T00:00:00Z" });
  await ensurePartitions(scratch.database, [clock.now()]);
  await sql.query("UPDATE datacenter SET last_seen_at = CASE name WHEN 'lon' THEN $1::timestamptz ELSE $2 END", [
    "2026-11-20T12:30:50Z",
    "2026-11-20T11:21:00Z",
  ]);
  await sql.query(
    `INSERT INTO verdict (event_type_id, hour, state, revision, deadline_at)
     VALUES (1, '2026-11-20T11:00Z', 'closing', 1, '2026-11-20T13:00Z')`,
  );
  await sql.query(
    `INSERT INTO verdict_lane (event_type_id, hour, datacenter_id, closed_at, watermark, known, produced, published, delivered)
     SELECT 1, '2026-11-20T11:00Z', d.id, l.closed_at, l.watermark, l.known, l.produced, l.produced, l.delivered
       FROM (VALUES ('lon', '2026-11-20T12:01Z'::timestamptz, NULL::timestamptz, true, 10, 10),
                    ('sjc', NULL, '2026-11-20T11:21Z', false, NULL, 0))
              AS l(name, closed_at, watermark, known, produced, delivered)
       JOIN datacenter d ON d.name = l.name`,
  );
  await sql.query(
    `INSERT INTO incident (cause_key, cause, title, severity, state, since, opened_at, changed_at, situation, situation_revision)
     VALUES ('datacenter/sjc/late', '{}', 'x', 'page', 'open', '2026-11-20T12:00Z', '2026-11-20T12:20Z', '2026-11-20T12:20Z', $1, 1)`,
    [first],
  );
  await sql.query(
    `INSERT INTO alert (fingerprint, rule, labels, severity, state, event_type_id, incident_id, changed_at, evaluated_at)
     VALUES ('f', 'backlog-old-high', '{}', 'page', 'firing', 1, 1, '2026-11-20T12:00Z', '2026-11-20T12:20Z')`,
  );
  await sql.query("INSERT INTO incident_alert VALUES (1, 'f', '2026-11-20T12:00Z', '{}')");
});
afterEach(() => scratch.drop());

const update = () => updateSituations({ ctx: workerContext(scratch.database, clock), listener: notifyOfIncidents });

async function stored(): Promise<{
  situation: SituationJson;
  revision: number;
  title: string;
  since: Date;
  code: string;
}> {
  const { rows } = await scratch.database.sql.query(
    "SELECT situation, situation_revision AS revision, title, since, cause->>'code' AS code FROM incident",
  );
  return rows[0] as Awaited<ReturnType<typeof stored>>;
}

test("a lane that was sampled once shows which hours it holds up", async () => {
  const { sql } = scratch.database;
  await sql.query(
    `INSERT INTO watermark (event_type_id, datacenter_id, watermark, observed_at)
     SELECT 1, id, '2026-11-20T11:38Z', '2026-11-20T11:52Z' FROM datacenter WHERE name = 'sjc'`,
  );
  clock.set("2026-11-20T12:50:00Z");
  await update();
  const { situation } = await stored();
  expect(situation.extent.hours).toMatchObject({ affected: 1, eventTypeCount: 1, first: "2026-11-20T11" });
  expect(situation.sentence).toContain("1 hour of 1 event type affected");
});

test("what the hours show replaces what the alert saw: a revision with its reason, and the columns follow", async () => {
  // By then the hour is clearly later than usual.
  clock.set("2026-11-20T12:50:00Z");
  await scratch.database.sql.query("UPDATE datacenter SET last_seen_at = $1 WHERE name = 'lon'", [clock.now()]);
  await update();
  const { situation, revision, ...columns } = await stored();
  expect(revision).toBe(2);
  expect(situation.cause).toMatchObject({ code: "datacenter_silent", datacenter: "sjc" });
  expect(columns).toMatchObject({
    title: situation.title,
    code: "datacenter_silent",
    since: new Date(situation.onset.at),
  });
  const { rows } = await scratch.database.sql.query("SELECT kind, message, detail FROM incident_event");
  expect(rows).toEqual([
    {
      kind: "situation",
      message: expect.stringContaining(situation.cause.sentence),
      detail: { revision: 2, phase: "ongoing", code: "datacenter_silent" },
    },
  ]);
  const kept = await scratch.database.sql.query("SELECT revision, situation FROM incident_situation");
  expect(kept.rows).toEqual([{ revision: 2, situation }]);
});

test("nothing happened: it is looked at again after ten seconds, and makes no revision", async () => {
  await update();
  const before = await stored();
  clock.set("2026-11-20T12:31:09Z");
  await update();
  expect(await stored()).toEqual(before);
  clock.set("2026-11-20T12:31:10Z");
  await update();
  expect((await stored()).revision).toBe(2);
});

test("another process made a revision meanwhile: this one is not written", async () => {
  const { database } = scratch;
  const change = { incidentId: 1n, situation: readSituation(first), reason: "One." };
  const [one, two] = [
    { ...change, revision: 1 },
    { ...change, revision: 1, reason: "Two." },
  ];
  expect(await database.transaction((tx) => writeSituation(tx, one, clock.now()))).toBe(true);
  expect(await database.transaction((tx) => writeSituation(tx, two, clock.now()))).toBe(false);
  const { rows } = await database.sql.query("SELECT reason FROM incident_situation");
  expect(rows).toEqual([{ reason: "One." }]);
});

test("one that cannot be read steps back, and the others are brought up to date", async () => {
  const { sql } = scratch.database;
  await sql.query(
    `INSERT INTO incident (cause_key, cause, title, severity, state, since, opened_at, changed_at, situation, situation_revision)
     VALUES ('datacenter/lon/late', '{}', 'y', 'page', 'open', $1, $1, $1, '{}', 1)`,
    [clock.now()],
  );
  await sql.query("UPDATE incident SET situation_at = $1 WHERE id = 1", [new Date(clock.now().getTime() - 20_000)]);
  await expect(update()).rejects.toThrow();
  const { rows } = await sql.query(
    "SELECT situation_revision AS revision, situation_at AS at FROM incident ORDER BY id",
  );
  expect(rows).toEqual([
    { revision: 2, at: clock.now() },
    { revision: 1, at: clock.now() },
  ]);
});
