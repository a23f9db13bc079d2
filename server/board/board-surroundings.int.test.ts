import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { BoardAlertJson, BoardDatacenterJson } from "#domain/api/board.ts";
import { type HourStory, openingOf } from "#test/hour-story.ts";
import { situationForTest } from "#test/situation.ts";

let story: HourStory;

// A type for three weeks, another for one. It is 13:50 and hour 12 is closed; east delivered 400 of its usual 1,000.
const opening = openingOf(
  { now: "2026-11-01T13:00:00Z", activeFrom: "2026-11-01T12:00:00Z", eventTypes: ["EndSong", "Young"] },
  async (lived) => {
    for (const day of ["01", "08", "15", "22"]) {
      const hour = `2026-11-${day}T12`;
      await lived.at(`2026-11-${day}T13:40:00Z`);
      for (const dc of ["east", "west"]) {
        const isFewer = day === "22" && dc === "east";
        await report(lived, dc, hour, "EndSong", isFewer ? 400 : 1000 + Number(day));
        if (day > "08") await report(lived, dc, hour, "Young", 5_000);
      }
    }
    await lived.at("2026-11-22T13:50:00Z");
  },
);
beforeEach(async () => {
  story = await opening.begin();
});
afterEach(() => story.end());

async function report(of: HourStory, dc: string, hour: string, eventType: string, events: number): Promise<void> {
  await of.count({ dc, stage: "produced", hour, events, eventType });
  await of.count({ dc, stage: "delivered", hour, events, eventType });
  await of.watermark(dc, `${hour.slice(0, 11)}13:00:00Z`, eventType);
}

async function datacenter(name: string): Promise<BoardDatacenterJson> {
  const { body } = await story.get("/board/compact?limit=0");
  return body.datacenters.find((each: BoardDatacenterJson) => each.name === name);
}

describe("what a datacenter delivered against what is usual", () => {
  it("the last closed hour against the median of the same hour in the weeks before", async () => {
    // The weeks' 1,001, 1,008 and 1,015. Of Young two of three weeks were empty: there is nothing to compare it with.
    expect((await datacenter("east")).volume).toMatchObject({ hour: "2026-11-22T12", weeks: 3 });
    const { delivered, usual } = (await datacenter("east")).volume ?? { delivered: 0, usual: 1 };
    expect([delivered, usual]).toEqual([400, 1_008]);
  });

  it("a marked incident teaches nothing", async () => {
    expect((await datacenter("east")).volume?.weeks).toBe(3);
    await story.test.database.sql.query(
      `INSERT INTO volume_exclusion (id, from_at, to_at, reason, created_at, created_by)
       VALUES ('x', '2026-11-15T12:10:00Z', '2026-11-15T12:20:00Z', 'a game', now(), 'tests')`,
    );
    // Within a minute of the product's clock what was read stands, and for some more while it is read again.
    expect((await datacenter("east")).volume?.weeks).toBe(3);
    story.clock.set("2026-11-22T13:52:00Z");
    expect((await datacenter("east")).volume?.weeks).toBe(3);
    story.clock.set("2026-11-22T13:58:00Z");
    expect((await datacenter("east")).volume).toMatchObject({ weeks: 2, usual: 1_004.5 });
  });

  it("a datacenter that has closed none of its last hours is not compared", async () => {
    story.clock.set("2026-11-22T16:05:00Z");
    expect((await datacenter("east")).volume).toBeNull();
  });
});

describe("what runs and what waits", () => {
  it("versions by component, of instances heard lately", async () => {
    for (const [instance, version, at] of [
      ["a-1", "4.2.0", "13:50"],
      ["a-2", "4.2.0", "13:45"],
      ["a-3", "4.2.1", "13:51"],
      ["a-4", "4.1.0", "12:10"],
    ]) {
      await story.test.database.sql.query(
        `INSERT INTO component_instance (datacenter_id, component, instance, version, last_seen_at)
         SELECT id, 'exporter', $1, $2, $3 FROM datacenter WHERE name = 'east'`,
        [instance, version, `2026-11-22T${at}:00Z`],
      );
    }
    expect((await datacenter("east")).versions).toEqual([
      { component: "exporter", version: "4.2.0", instances: 2 },
      { component: "exporter", version: "4.2.1", instances: 1 },
    ]);
    expect((await datacenter("west")).versions).toEqual([]);
  });

  it("the oldest of the fresh gauges, and their messages together", async () => {
    await story.test.database.sql.query(
      `INSERT INTO backlog (event_type_id, datacenter_id, stage, oldest_age_seconds, messages, observed_at)
       SELECT t.id, d.id, g.stage, g.age, g.messages, g.at::timestamptz
         FROM (VALUES ('EndSong', 2, 40, 7, '2026-11-22T13:45:00Z'), ('Young', 3, 90, NULL, '2026-11-22T13:50:00Z'),
                      ('Young', 2, 9000, 5, '2026-11-22T12:00:00Z')) g(type, stage, age, messages, at)
         JOIN event_type t ON t.name = g.type JOIN datacenter d ON d.name = 'west'`,
    );
    expect((await datacenter("west")).backlog).toEqual({ oldestAgeSeconds: 90, messages: 7 });
    expect((await datacenter("east")).backlog).toBeNull();
  });
});

describe("alerts of a row", () => {
  // The judge raises alerts of its own.
  const forget = () => story.test.database.sql.query("TRUNCATE incident, alert, silence CASCADE");
  beforeEach(forget);

  async function alertsOf(eventType: string): Promise<BoardAlertJson[]> {
    const { body } = await story.get("/board/compact");
    return body.items.find((row: { eventType: string }) => row.eventType === eventType).alerts;
  }

  async function open(id: number, { severity = "page", state = "open", affects = [] as string[] } = {}): Promise<void> {
    await story.test.database.sql.query(
      `INSERT INTO incident (id, cause_key, cause, title, severity, state, since, opened_at, changed_at, situation)
       VALUES ($1::bigint, 'cause ' || $1::bigint, '{}', 'It affects EndSong.', $2, $3, '2026-11-22T13:00:00Z', '2026-11-22T13:01:00Z', '2026-11-22T13:01:00Z', $4)`,
      [id, severity, state, situationForTest({ onset: { at: "2026-11-22T13:00:00Z", source: "silence" } })],
    );
    await story.test.database.sql.query(
      `INSERT INTO incident_hour (incident_id, event_type_id, hour, added_at)
       SELECT $1::bigint, id, '2026-11-22T12:00:00Z', now() FROM event_type WHERE name = ANY ($2)`,
      [id, affects],
    );
  }

  async function fire(
    incident: number,
    eventType: string | null,
    severity: string,
    datacenter?: string,
  ): Promise<void> {
    const subject = { ...(eventType ? { eventType } : {}), ...(datacenter ? { datacenter } : {}) };
    const labels = { alertname: "late", severity, cause: String(incident), ...subject };
    await story.test.database.sql.query(
      `INSERT INTO alert (fingerprint, rule, labels, severity, state, event_type_id, incident_id, changed_at, evaluated_at)
       VALUES (gen_random_uuid()::text, 'late', $1, $2, 'firing', (SELECT id FROM event_type WHERE name = $3), $4, now(), now())`,
      [JSON.stringify(labels), severity, eventType, incident],
    );
  }

  it("of every open incident that it has a part in, by an alert or by an hour", async () => {
    await open(1);
    await fire(1, "EndSong", "page");
    await open(2, { severity: "ticket", state: "acknowledged", affects: ["EndSong", "Young"] });
    await open(3, { state: "resolved", affects: ["Young"] });
    const acknowledged = { incidentId: "2", severity: "ticket", acknowledged: true, muted: null };
    expect(await alertsOf("EndSong")).toMatchObject([
      { incidentId: "1", severity: "page", acknowledged: false, muted: null, since: "2026-11-22T13:00:00Z" },
      acknowledged,
    ]);
    expect(await alertsOf("Young")).toMatchObject([acknowledged]);
  });

  it("of a datacenter that holds it up, said once", async () => {
    story.clock.set("2026-11-22T14:20:00Z");
    await story.watermark("west", "2026-11-22T14:00:00Z", "EndSong");
    await story.judge();
    await forget();
    await open(1, { affects: ["EndSong"] });
    await fire(1, null, "page", "east");
    await open(2);
    await fire(2, null, "page", "west");
    expect((await alertsOf("EndSong")).map(({ incidentId }) => incidentId)).toEqual(["1"]);
    expect((await alertsOf("Young")).map(({ incidentId }) => incidentId)).toEqual(["1", "2"]);
  });

  it("a recovered hour is no longer part of it", async () => {
    await open(1, { affects: ["Young"] });
    await story.test.database.sql.query("UPDATE incident_hour SET recovered_at = now()");
    expect(await alertsOf("Young")).toEqual([]);
  });

  it("silenced and inhibited are distinguished, and follow notified alerts", async () => {
    await open(1);
    await fire(1, "EndSong", "page");
    await story.test.database.sql.query(
      `INSERT INTO silence (matchers, starts_at, ends_at, reason, created_by, created_at)
       VALUES ('["eventType=EndSong"]', '2026-11-22T13:00:00Z', '2026-11-22T15:00:00Z', 'known', 'tests', now())`,
    );
    await open(2, { severity: "ticket" });
    await fire(2, null, "page");
    // By the default tree a page of the same cause inhibits tickets.
    await fire(2, "Young", "ticket");
    await open(3, { severity: "ticket", affects: ["EndSong"] });
    expect(await alertsOf("EndSong")).toMatchObject([
      { incidentId: "3", muted: null },
      { incidentId: "1", muted: "silenced" },
    ]);
    expect(await alertsOf("Young")).toMatchObject([{ incidentId: "2", muted: "inhibited" }]);
  });
});
