import { expect, test } from "vitest";
import { createOldDatabase } from "#test/old-database.ts";
import { findWrongTotals } from "#test/wrong-totals.ts";
import { openDatabase } from "./database.ts";
import { ensurePartitions } from "./partitions.ts";

test("a database with single and packed reports gets their totals, in another time zone too", async () => {
  const old = await createOldDatabase("20261128101500_lane_total", {
    month: "2026_11",
    tables: ["report", "report_packed", "produced_hour", "hour_marker"],
  });
  await old.run(
    `ALTER DATABASE ${new URL(old.url).pathname.slice(1)} SET timezone = 'Asia/Kolkata';
     INSERT INTO report (event_type_id, hour, datacenter_id, stage, reporter_id, landed_hour, epoch, events) VALUES
       (1, '2026-11-30T23:00Z', 1, 1, 1, '2026-11-30T23:00Z', 0, 9007199254740991),
       (1, '2026-11-30T23:00Z', 1, 1, 2, '2026-11-30T23:00Z', 0, 9007199254740991),
       (1, '2026-11-30T23:00Z', 1, 3, 1, '2026-11-30T23:00Z', 0, 5),
       (1, '2026-11-30T23:00Z', 1, 3, 1, '2026-12-01T00:00Z', 0, 2);
     INSERT INTO report_packed (event_type_id, hour, datacenter_id, produced, delivered, skewed,
                                stages, reporter_ids, landed_hours, events) VALUES
       (1, '2026-11-01T00:00Z', 2, 7, NULL, 0, '{1,1}', '{1,2}', NULL, '{4,3}'),
       (2, '2026-11-01T00:00Z', 2, NULL, 0, 0, '{3}', '{1}', '{2026-11-01T00:00Z}', '{0}')`,
  );
  await old.migrate();
  const database = openDatabase(old.url);
  const { rows } = await database.sql.query(
    `SELECT event_type_id AS type, to_char(hour AT TIME ZONE 'UTC', 'DD HH24') AS hour, datacenter_id AS dc, stage,
            to_char(landed_hour AT TIME ZONE 'UTC', 'DD HH24') AS landed, events
       FROM lane_total ORDER BY hour, type, dc, stage, landed_hour`,
  );
  expect(rows).toEqual([
    { type: 1, hour: "01 00", dc: 2, stage: 1, landed: "01 00", events: "7" },
    { type: 2, hour: "01 00", dc: 2, stage: 3, landed: "01 00", events: "0" },
    { type: 1, hour: "30 23", dc: 1, stage: 1, landed: "30 23", events: "18014398509481982" },
    { type: 1, hour: "30 23", dc: 1, stage: 3, landed: "30 23", events: "5" },
    { type: 1, hour: "30 23", dc: 1, stage: 3, landed: "01 00", events: "2" },
  ]);
  const november = { from: new Date("2026-11-01T00:00:00Z"), to: new Date("2026-12-01T00:00:00Z") };
  expect(await findWrongTotals(database.sql, november)).toEqual([]);
  await ensurePartitions(database, [november.from, november.to]);
  await database.close();
  await old.drop();
});
