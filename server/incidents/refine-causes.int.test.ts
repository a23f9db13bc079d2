import { afterEach, beforeEach, expect, test } from "vitest";
import { ensurePartitions } from "#server/db/partitions.ts";
import { claimForTest } from "#test/catalogue.ts";
import { createTestDatabase, type TestDatabase } from "#test/database.ts";
import { ManualClock, workerContext } from "#test/worker-context.ts";
import { refineCauses } from "./refine-causes.ts";

const clock = new ManualClock("2026-11-20T12:20:00Z");
let scratch: TestDatabase;

beforeEach(async () => {
  scratch = await createTestDatabase();
  clock.set("2026-11-20T12:20:00Z");
  const { sql } = scratch.database;
  await claimForTest(sql, { datacenters: ["lon", "sjc"], eventTypes: ["EndSong"], activeFrom: "2026-11-18T00:00:00Z" });
  await ensurePartitions(scratch.database, [clock.now()]);
  await sql.query("UPDATE datacenter SET last_seen_at = CASE name WHEN 'lon' THEN $1::timestamptz ELSE $2 END", [
    "2026-11-20T12:19:50Z",
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
    `INSERT INTO incident (cause_key, cause, title, severity, state, since, opened_at, changed_at)
     VALUES ('datacenter/sjc/late', '{"code": "backlog", "score": 0.25, "datacenter": "sjc"}', 'sjc: growing backlog', 'page', 'open',
       '2026-11-20T12:00Z', '2026-11-20T12:00Z', '2026-11-20T12:00Z')`,
  );
  await sql.query(
    `INSERT INTO alert (fingerprint, rule, labels, severity, state, event_type_id, incident_id, changed_at, evaluated_at)
     VALUES ('f', 'backlog-old-high', '{}', 'page', 'firing', 1, 1, '2026-11-20T12:00Z', '2026-11-20T12:20Z')`,
  );
});
afterEach(() => scratch.drop());

test("an incident that affects no hour yet is explained by the hours that wait, every quarter of an hour", async () => {
  await refineCauses({ ctx: workerContext(scratch.database, clock) });
  expect(await code()).toBe("backlog");
  clock.set("2026-11-20T12:30:05Z");
  await refineCauses({ ctx: workerContext(scratch.database, clock) });
  expect(await code()).toBe("datacenter_silent");
  const { rows } = await scratch.database.sql.query("SELECT kind, detail FROM incident_event");
  expect(rows).toEqual([{ kind: "cause", detail: { code: "datacenter_silent" } }]);
});

test("affected hours are stronger evidence than waiting ones", async () => {
  await scratch.database.sql.query(
    "INSERT INTO incident_hour (incident_id, event_type_id, hour, added_at) VALUES (1, 1, '2026-11-20T05:00Z', '2026-11-20T12:30Z')",
  );
  clock.set("2026-11-20T12:30:05Z");
  await refineCauses({ ctx: workerContext(scratch.database, clock) });
  expect(await code()).toBe("backlog");
});

async function code(): Promise<string | undefined> {
  const { rows } = await scratch.database.sql.query<{ code: string }>("SELECT cause ->> 'code' AS code FROM incident");
  return rows[0]?.code;
}
