import { expect, test } from "vitest";
import { createTestDatabase } from "#test/database.ts";
import { forgetInstances } from "./forget-instances.ts";

test("instances that were not heard since are forgotten, and no others", async () => {
  const scratch = await createTestDatabase();
  try {
    const { sql } = scratch.database;
    await sql.query("INSERT INTO datacenter (name, discovered_at) VALUES ('lon', now())");
    await sql.query(
      `INSERT INTO component_instance (datacenter_id, component, instance, last_seen_at)
       SELECT id, 'exporter', i.name, i.heard::timestamptz FROM datacenter,
              (VALUES ('a', '2026-10-01T00:00Z'), ('b', '2026-11-01T00:00Z'), ('c', '2026-11-20T00:00Z')) i(name, heard)`,
    );
    expect(await forgetInstances(sql, new Date("2026-11-01T00:00:00Z"))).toBe(1);
    const { rows } = await sql.query("SELECT instance FROM component_instance ORDER BY 1");
    expect(rows).toEqual([{ instance: "b" }, { instance: "c" }]);
  } finally {
    await scratch.drop();
  }
});
