import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { ensurePartitions } from "#server/db/partitions.ts";
import { AlertStory } from "#test/alert-story.ts";
import { createTestDatabase, type TestDatabase } from "#test/database.ts";
import { notification } from "#test/notification.ts";
import { ManualClock } from "#test/worker-context.ts";
import { dropOldAlerts } from "./drop-old-alerts.ts";
import { findBlindness } from "./find-blindness.ts";
import { queueGroups } from "./queue-groups.ts";
import { writeDelivery } from "./write-delivery.ts";

let db: TestDatabase;
let story: AlertStory;
const clock = new ManualClock("2026-11-23T01:00:00Z");

beforeAll(async () => {
  db = await createTestDatabase();
  story = new AlertStory(db.database, clock);
});
afterAll(() => db.drop());
beforeEach(() => clock.set("2026-11-23T01:00:00Z"));

describe("findBlindness", () => {
  test("an open incident of blindness keeps the external watchdog from being pinged, until it is resolved", async () => {
    expect(await findBlindness(db.database.sql, { clock, pubsub: false })).toBeNull();
    const id = await story.incident("telemetry_blind");
    expect(await findBlindness(db.database.sql, { clock, pubsub: false })).toContain("receives nothing");
    await db.database.sql.query("UPDATE incident SET state = 'resolved', resolved_at = now() WHERE id = $1", [id]);
    expect(await findBlindness(db.database.sql, { clock, pubsub: false })).toBeNull();
  });

  test("so do hours that are long due and not judged, and not those of a type that was just claimed", async () => {
    await db.database.sql.query("INSERT INTO event_type (id, name, discovered_at) VALUES (1, 'EndSong', now())");
    await ensurePartitions(db.database, [clock.now()]);
    await db.database.sql.query(
      "INSERT INTO verdict (hour, event_type_id, state, deadline_at) VALUES ($1, 1, 'open', $1)",
      [clock.now()],
    );
    const due = (at: string) =>
      db.database.sql.query("UPDATE verdict SET next_due_at = $1::timestamptz WHERE event_type_id = 1", [at]);
    await due("-infinity");
    expect(await findBlindness(db.database.sql, { clock, pubsub: false })).toBeNull();
    await due("2026-11-23T00:56:00Z");
    expect(await findBlindness(db.database.sql, { clock, pubsub: false })).toBeNull();
    await due("2026-11-23T00:54:00Z");
    expect(await findBlindness(db.database.sql, { clock, pubsub: false })).toContain("Judging is 6 min behind");
    await db.database.sql.query("DELETE FROM verdict");
  });
});

describe("dropOldAlerts", () => {
  test("drops what is over and older; what waits, fires or is open stays however old", async () => {
    clock.set("2026-01-01T00:00:00Z");
    const [open, over] = [await story.incident("open"), await story.incident("over")];
    await db.database.sql.query("UPDATE incident SET state = 'resolved', resolved_at = opened_at WHERE id = $1", [
      over,
    ]);
    await story.alert("firing", "firing", { alertname: "x" }, open);
    await story.alert("quiet", "normal", { alertname: "x" }, over);
    await story.silence('cause="x"');
    for (const dedupKey of ["sent", "waits"]) {
      const message = notification({ dedupKey });
      await writeDelivery(db.database.sql, { channel: "pd", notification: message, incidentId: over, at: clock.now() });
    }
    await db.database.sql.query("UPDATE delivery SET state = 'sent' WHERE dedup_key = 'sent'");
    await db.database.sql.query(
      `INSERT INTO alert_transition (fingerprint, rule, labels, from_state, to_state, at, reason)
       VALUES ('quiet', 'x', '{}', 'firing', 'normal', $1, 'over')`,
      [clock.now()],
    );
    await db.database.sql.query(
      `INSERT INTO notification_group (key, receiver, route, labels, created_at, flushed_at, flush_at)
       VALUES ('over', 'team', '', '{}', $1, $1, NULL), ('due', 'team', '', '{}', $1, $1, now())`,
      [clock.now()],
    );
    expect(await dropOldAlerts(db.database.sql, new Date("2026-01-01T00:00:00Z"))).toBe(0);
    // The sent delivery, the transition, the resolved incident, the quiet alert, the ended silence, the group without a flush.
    expect(await dropOldAlerts(db.database.sql, new Date("2026-03-01T00:00:00Z"))).toBe(6);
    const left = "SELECT key FROM notification_group WHERE key IN ('over', 'due')";
    expect((await db.database.sql.query(left)).rows).toEqual([{ key: "due" }]);
    expect((await story.deliveries()).map(({ dedupKey }) => dedupKey)).toEqual(["waits"]);
    const { rows } = await db.database.sql.query("SELECT cause_key FROM incident WHERE state = 'open'");
    expect(rows).toEqual([{ cause_key: "open" }]);
  });
});

describe("queueGroups", () => {
  test("in a drill that runs 60 times real time, a wait of 30 s is over in half a second", async () => {
    const fast = { now: () => clock.now(), speed: 60, toRealMs: (productMs: number) => productMs / 60 };
    const labels = { alertname: "late", severity: "ticket", cause: "drill" };
    const alerts = [{ fingerprint: "drill", labels, state: "firing" }];
    const { rows } = await db.database.transaction(async (tx) => {
      await queueGroups(tx, { clock: fast, alerts });
      return tx.query<{ seconds: number }>(
        `SELECT extract(epoch FROM flush_at - now())::float8 AS seconds FROM notification_group WHERE key LIKE '%cause="drill"%'`,
      );
    });
    expect(rows).toEqual([{ seconds: 0.5 }]);
  });

  test("two that change alerts of the same groups at once do not deadlock", async () => {
    const alerts = Array.from({ length: 30 }, (_, index) => ({
      fingerprint: `f${index}`,
      labels: { alertname: "late", severity: "page", cause: `many-${index}` },
      state: "firing",
    }));
    const change = (list: typeof alerts) => db.database.transaction((tx) => queueGroups(tx, { clock, alerts: list }));
    await Promise.all([change(alerts), change(alerts.toReversed()), change(alerts), change(alerts.toReversed())]);
    const { rows } = await db.database.sql.query(
      `SELECT FROM notification_group WHERE flush_at IS NOT NULL AND key LIKE '%cause="many-%'`,
    );
    expect(rows).toHaveLength(30);
  });
});
