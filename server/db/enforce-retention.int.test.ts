import { afterEach, beforeEach, expect, test } from "vitest";
import { forgetIngestWorkers } from "#server/facts/forget-instances.ts";
import { HourStory } from "#test/hour-story.ts";
import { enforceRetention } from "./enforce-retention.ts";

let story: HourStory;
beforeEach(async () => {
  story = await HourStory.begin({ now: "2026-11-22T13:20:00Z", activeFrom: "2026-11-22T12:00:00Z" });
});
afterEach(() => story.end());

const sql = (statement: string) => story.test.database.sql.query(statement).then(({ rows }) => rows);
const cut = new Date("2026-11-10T06:00:00Z");
const keep = { factsBefore: null, verdictsBefore: null, rejectedBefore: cut, rejectedBytes: 1_000_000 };

test("the ends of reporters go with the facts, those that may still count stay", async () => {
  await sql("INSERT INTO reporter (id, name) SELECT i, 'r' || i FROM generate_series(1, 4) i");
  await sql(`INSERT INTO reporter_final (datacenter_id, reporter_id, final_at)
             SELECT d.id, n.id, n.at::timestamptz FROM datacenter d,
                    (VALUES (1, '2026-10-01T00:00Z'), (2, '2026-11-08T23:59Z'), (3, '2026-11-09T00:00Z'), (4, '2026-11-20T00:00Z')) n(id, at)
              WHERE d.name = 'east'`);
  const left = async () =>
    (await sql("SELECT reporter_id FROM reporter_final ORDER BY 1")).map((row) => row.reporter_id);
  await enforceRetention(story.test.database, { ...keep, verdictsBefore: cut });
  expect(await left()).toEqual([1, 2, 3, 4]);
  await enforceRetention(story.test.database, { ...keep, factsBefore: cut });
  expect(await left()).toEqual([3, 4]);
});

test("deployments, acceptances and the reasons of restatements go with the verdicts", async () => {
  await sql(`INSERT INTO correction (action, event_type_id, from_hour, to_hour, reason, created_at, created_by)
             SELECT 'accept-hour', id, '2026-11-10T05:00Z', '2026-11-10T07:00Z', 'as it is', now(), 'ann' FROM event_type`);
  for (const at of ["2026-11-10T05:00Z", "2026-11-10T06:00Z"]) {
    await sql(
      `INSERT INTO deployment (source, event_id, component, version, deployed_at) VALUES ('s', '${at}', 'c', '1', '${at}')`,
    );
    await sql(
      `INSERT INTO slo_terms_change (event_type_id, changed_at, actor, what) SELECT id, '${at}', 'ann', 'x' FROM event_type`,
    );
    await sql(`INSERT INTO accepted_hour (event_type_id, hour, correction_id, lost, duplicated, known)
               SELECT t.id, '${at}', c.id, 0, 0, true FROM event_type t, correction c`);
  }
  await enforceRetention(story.test.database, { ...keep, verdictsBefore: cut });
  const counts =
    await sql(`SELECT (SELECT count(*)::int FROM deployment) AS deployments, (SELECT count(*)::int FROM accepted_hour) AS accepted,
                                   (SELECT count(*)::int FROM slo_terms_change) AS changes`);
  expect(counts).toEqual([{ deployments: 1, accepted: 1, changes: 1 }]);
});

test("processes that ended long ago are one row, and nothing of what they took in is lost", async () => {
  await sql("TRUNCATE ingest_worker");
  const addUp = () => forgetIngestWorkers(story.test.database.sql, cut);
  await sql(
    `INSERT INTO ingest_worker VALUES ('a:1', '2026-11-01T00:00Z', 5, 1, 1), ('b:1', '2026-11-02T00:00Z', 7, 2, 0), ('c:1', '2026-11-22T00:00Z', 11, 4, 2)`,
  );
  await addUp();
  await addUp();
  await sql("UPDATE ingest_worker SET last_ingest_at = '2026-11-05T00:00Z' WHERE instance = 'c:1'");
  await addUp();
  const rows = await sql("SELECT instance, last_ingest_at, messages, rejected, unstored FROM ingest_worker");
  expect(rows).toEqual([
    { instance: "earlier", last_ingest_at: new Date("2026-11-05T00:00Z"), messages: 23n, rejected: 7n, unstored: 3n },
  ]);
});
