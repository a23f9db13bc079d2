import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { Scope } from "#domain/access/scope.ts";
import type { Context } from "#server/access/context.ts";
import { AccessDenied } from "#server/access/errors.ts";
import { notifySubscribers } from "#server/consumers/notify-subscribers.ts";
import { lockIngestGate, shareIngestGate } from "#server/db/ingest-gate.ts";
import { Invalid } from "#server/errors.ts";
import { createCurrentHours } from "#server/verdicts/create-current-hours.ts";
import { runHourTasks } from "#server/verdicts/run-hour-tasks.ts";
import { createTestDatabase, type TestDatabase } from "#test/database.ts";
import { untilBlocked } from "#test/until.ts";
import { applyCatalogue } from "./apply-catalogue.ts";

let test: TestDatabase;
let now: Date;

beforeAll(async () => {
  test = await createTestDatabase();
});
beforeEach(async () => {
  now = new Date("2026-11-22T13:20:00Z");
  await test.database.sql.query("TRUNCATE event_type, datacenter, verdict, verdict_lane, verdict_revision CASCADE");
  await test.database.sql.query("DELETE FROM tier WHERE name NOT IN ('high', 'normal', 'low')");
  await test.database.sql.query("UPDATE tier SET deadline_seconds = 7200 WHERE name = 'high'");
});
afterAll(() => test.drop());

const context = (...scopes: Scope[]): Context => ({
  database: test.database,
  clock: { now: () => now, speed: 1, toRealMs: (ms) => ms },
  actor: "test",
  scopes: new Set(scopes),
});
const apply = (text: string, dryRun = false) => applyCatalogue({ ctx: context("write"), input: { text, dryRun } });

const datacenter = (name: string, spec = "") =>
  `{apiVersion: tidemark/v1, kind: Datacenter, metadata: {name: ${name}}, spec: {${spec}}}\n---\n`;
const eventType = (name: string, spec = "") =>
  `{apiVersion: tidemark/v1, kind: EventType, metadata: {name: ${name}}, spec: {owner: music, tier: high, ${spec}}}\n---\n`;
const tier = (name: string, spec: string) =>
  `{apiVersion: tidemark/v1, kind: Tier, metadata: {name: ${name}}, spec: {${spec}}}\n---\n`;

async function hoursOf(name: string): Promise<string[]> {
  const { rows } = await test.database.sql.query<{ hour: Date }>(
    `SELECT v.hour FROM verdict v JOIN event_type t ON t.id = v.event_type_id WHERE t.name = $1 ORDER BY v.hour`,
    [name],
  );
  return rows.map((row) => row.hour.toISOString().slice(0, 13));
}

/** As a judge would leave it: nothing is due. */
const judgeAll = () =>
  test.database.sql.query("UPDATE verdict SET next_due_at = NULL, revision = 1, state = 'complete', settled = true");

async function markedHours(): Promise<string[]> {
  const { rows } = await test.database.sql.query<{ name: string; hour: Date }>(
    `SELECT t.name, v.hour FROM verdict v JOIN event_type t ON t.id = v.event_type_id
      WHERE v.next_due_at = '-infinity' ORDER BY t.name, v.hour`,
  );
  return rows.map((row) => `${row.name} ${row.hour.toISOString().slice(11, 13)}`);
}

async function faultsOf(text: string) {
  const error = await apply(text).catch((refusal: unknown) => refusal);
  expect(error).toBeInstanceOf(Invalid);
  return (error as Invalid).faults;
}

describe("an hour that began and is not created yet", () => {
  it("is created after a change that has nothing to do with hours", async () => {
    await apply(eventType("EndSong", "activeFrom: 2026-11-22T12"));
    now = new Date("2026-11-22T15:00:01Z");
    await apply(eventType("EndSong", "activeFrom: 2026-11-22T12, description: new"));
    await createCurrentHours({ ctx: context("admin") });
    expect(await hoursOf("EndSong")).toEqual(["2026-11-22T12", "2026-11-22T13", "2026-11-22T14", "2026-11-22T15"]);
  });
});

describe("what changes", () => {
  it("creates, then finds nothing to do", async () => {
    const text = datacenter("ams") + eventType("EndSong", "deadline: 60m, labels: {b: x, a: y}, datacenters: [ams]");
    const first = await apply(text);
    expect(first.applied).toBe(true);
    expect(first.changes.map(({ kind, name, action }) => [kind, name, action])).toEqual([
      ["Datacenter", "ams", "create"],
      ["EventType", "EndSong", "create"],
    ]);
    expect(first.changes[1]?.fields).toContainEqual({ field: "deadline", from: null, to: "1h" });
    expect(first.changes[1]?.fields).toContainEqual({ field: "activeFrom", from: null, to: "2026-11-22T13" });
    now = new Date("2026-11-23T09:00:00Z");
    const second = await apply(text);
    expect(second.applied).toBe(false);
    expect(second.changes.every((change) => change.action === "unchanged" && change.fields.length === 0)).toBe(true);
  });

  it("a dry run says the same and writes nothing", async () => {
    const text = datacenter("ams") + eventType("EndSong");
    const dry = await apply(text, true);
    expect(dry.applied).toBe(false);
    expect((await test.database.sql.query("SELECT FROM event_type")).rowCount).toBe(0);
    expect((await apply(text)).changes).toMatchObject(dry.changes.map(({ effect: _, ...change }) => change));
  });

  it("names each field that differs; what a document leaves out goes back to its default", async () => {
    await apply(eventType("EndSong", "deadline: 90m, description: old, activeFrom: 2026-11-22T10"));
    const { changes } = await apply(eventType("EndSong", "description: new"));
    expect(changes).toEqual([
      {
        kind: "EventType",
        name: "EndSong",
        action: "update",
        fields: [
          { field: "deadline", from: "90m", to: null },
          { field: "description", from: "old", to: "new" },
        ],
      },
    ]);
  });

  it("leaves alone what no document names", async () => {
    await apply(eventType("EndSong") + eventType("Skip"));
    await apply(eventType("Skip", "deadline: 3h"));
    const { rows } = await test.database.sql.query("SELECT name, deadline_seconds FROM event_type ORDER BY name");
    expect(rows).toEqual([
      { name: "EndSong", deadline_seconds: null },
      { name: "Skip", deadline_seconds: 10_800 },
    ]);
  });

  it("a discovered type is claimed", async () => {
    await test.database.sql.query("INSERT INTO event_type (name, discovered_at) VALUES ('EndSong', '2026-11-01Z')");
    const { changes } = await apply(eventType("EndSong"));
    expect(changes[0]?.action).toBe("claim");
    const { rows } = await test.database.sql.query("SELECT discovered_at, claimed_at FROM event_type");
    expect(rows).toEqual([{ discovered_at: new Date("2026-11-01Z"), claimed_at: now }]);
  });

  it("needs the scope write", async () => {
    const input = { text: datacenter("ams"), dryRun: true };
    await expect(applyCatalogue({ ctx: context("read", "ingest"), input })).rejects.toThrow(AccessDenied);
  });

  it("two applies at once: one creates, the other finds it done or waits its turn", async () => {
    const text = datacenter("ams") + eventType("EndSong") + eventType("Skip");
    const results = await Promise.all([apply(text), apply(text), apply(text)]);
    expect(results.filter((result) => result.applied)).toHaveLength(1);
    expect(await hoursOf("EndSong")).toEqual(["2026-11-22T13"]);
  });
});

describe("what is refused, with nothing applied", () => {
  it("every fault is at its document and line", async () => {
    const faults = await faultsOf(
      [
        "apiVersion: tidemark/v1",
        "kind: EventType",
        "metadata: {name: EndSong}",
        "spec:",
        "  owner: music",
        "  tier: golden",
        "  datacenters: [ams, nowhere]",
        "---",
        "apiVersion: tidemark/v1",
        "kind: Datacenter",
        "metadata: {name: ams}",
        "spec: {}",
      ].join("\n"),
    );
    expect(faults).toEqual([
      { pointer: "/0/spec/tier", line: 6, detail: expect.stringContaining("(high, low, normal)") },
      { pointer: "/0/spec/datacenters/1", line: 7, detail: expect.stringContaining('"nowhere"') },
    ]);
    expect((await test.database.sql.query("SELECT FROM datacenter")).rowCount).toBe(0);
  });

  it("a fault in the second document is refused with its line", async () => {
    expect(await faultsOf(`${datacenter("ams")}{apiVersion: tidemark/v1, kind: Datacentre}`)).toEqual([
      { pointer: "/1/kind", line: 3, detail: expect.stringContaining("Datacenter, EventType, Tier") },
    ]);
  });

  it("text that is not YAML is refused", async () => {
    expect(await faultsOf("a: [1\nb: 2")).toEqual([
      { pointer: "", line: 2, detail: expect.stringContaining("not valid YAML") },
    ]);
  });

  it("a file without a document is refused", async () => {
    expect(await faultsOf("---\n# nothing\n")).toHaveLength(1);
  });

  it("aliases that expand without end are refused", async () => {
    const bomb = ["a: &a [x,x,x,x,x,x,x,x,x,x]"];
    for (let level = 1; level < 9; level += 1) {
      const last = String.fromCharCode(96 + level);
      const next = String.fromCharCode(97 + level);
      bomb.push(`${next}: &${next} [${Array(10).fill(`*${last}`).join(",")}]`);
    }
    expect(await faultsOf(bomb.join("\n"))).toHaveLength(1);
  });

  it("a name that occurs twice is refused", async () => {
    expect(await faultsOf(datacenter("ams") + datacenter("ams"))).toEqual([
      { pointer: "/1/metadata/name", line: 3, detail: expect.stringContaining("earlier Datacenter") },
    ]);
  });

  it("an end before the default start is refused", async () => {
    expect(await faultsOf(eventType("EndSong", "activeTo: 2026-11-22T12"))).toMatchObject([
      { pointer: "/0/spec/activeTo" },
    ]);
  });

  it("a past of a hundred years is refused", async () => {
    expect(await faultsOf(eventType("EndSong", "activeFrom: 1970-01-01T00"))).toMatchObject([
      { detail: expect.stringContaining("at most 200000 hours") },
    ]);
  });
});

describe("verdicts follow", () => {
  it("a claim creates the current hour; activeFrom creates the past up to activeTo", async () => {
    await apply(
      eventType("Now") +
        eventType("Past", "activeFrom: 2026-11-22T10") +
        eventType("Ended", "activeFrom: 2026-11-22T09, activeTo: 2026-11-22T11"),
    );
    expect(await hoursOf("Now")).toEqual(["2026-11-22T13"]);
    expect(await hoursOf("Past")).toEqual(["2026-11-22T10", "2026-11-22T11", "2026-11-22T12", "2026-11-22T13"]);
    expect(await hoursOf("Ended")).toEqual(["2026-11-22T09", "2026-11-22T10"]);
    const { rows } = await test.database.sql.query(
      `SELECT t.name, t.hours_through, v.state, v.revision, v.deadline_at FROM verdict v JOIN event_type t ON t.id = v.event_type_id
        WHERE v.hour = '2026-11-22T10:00Z' ORDER BY t.name`,
    );
    expect(rows).toEqual([
      {
        name: "Ended",
        hours_through: new Date("2026-11-22T11:00Z"),
        state: "open",
        revision: 0,
        deadline_at: new Date("2026-11-22T13:00Z"),
      },
      {
        name: "Past",
        hours_through: new Date("2026-11-22T14:00Z"),
        state: "open",
        revision: 0,
        deadline_at: new Date("2026-11-22T13:00Z"),
      },
    ]);
  });

  it("a start in the future creates nothing yet", async () => {
    await apply(eventType("Later", "activeFrom: 2026-12-01T00"));
    expect(await hoursOf("Later")).toEqual([]);
    const { rows } = await test.database.sql.query("SELECT hours_through FROM event_type");
    expect(rows).toEqual([{ hours_through: new Date("2026-12-01T00:00Z") }]);
  });

  it("a past over a year's end has its partitions", async () => {
    await apply(eventType("Old", "activeFrom: 2024-11-30T22, activeTo: 2026-02-01T02"));
    while ((await runHourTasks({ ctx: context("admin"), input: { limit: 5 }, onJudged: notifySubscribers })) > 0);
    const hours = await hoursOf("Old");
    expect([hours[0], hours.at(-1), hours.length]).toEqual(["2024-11-30T22", "2026-02-01T01", 10_252]);
  });

  it("an earlier activeFrom creates the new past and keeps verdicts", async () => {
    await apply(eventType("EndSong", "activeFrom: 2026-11-22T12"));
    await judgeAll();
    await apply(eventType("EndSong", "activeFrom: 2026-11-22T10"));
    expect(await markedHours()).toEqual(["EndSong 10", "EndSong 11"]);
  });

  it("activeFrom later and activeTo earlier take verdicts and revisions outside away", async () => {
    await apply(eventType("EndSong", "activeFrom: 2026-11-22T08"));
    await judgeAll();
    await test.database.sql.query(
      `INSERT INTO verdict_revision SELECT hour, event_type_id, revision, now(), state, amended, closed_at, deadline_at, produced,
         delivered, lost, duplicated, skewed, known, '[]' FROM verdict`,
    );
    await apply(eventType("EndSong", "activeFrom: 2026-11-22T10, activeTo: 2026-11-22T12"));
    expect(await hoursOf("EndSong")).toEqual(["2026-11-22T10", "2026-11-22T11"]);
    expect((await test.database.sql.query("SELECT FROM verdict_revision")).rowCount).toBe(2);
    expect(await markedHours()).toEqual([]);
    const { rows } = await test.database.sql.query("SELECT hours_through, complete_through FROM event_type");
    expect(rows).toEqual([
      { hours_through: new Date("2026-11-22T12:00Z"), complete_through: new Date("2026-11-22T11:00Z") },
    ]);
  });

  it("removing activeTo creates the hours again", async () => {
    await apply(eventType("EndSong", "activeFrom: 2026-11-22T10, activeTo: 2026-11-22T12"));
    await apply(eventType("EndSong", "activeFrom: 2026-11-22T10"));
    expect(await hoursOf("EndSong")).toHaveLength(4);
  });

  it.each([
    "deadline: 3h",
    "datacenters: [ams]",
    "maxLost: 0.5",
    "maxDuplicated: 0.5",
    "settle: 1h",
    "impliedZero: false",
    "expectReporters: true",
    "tier: low",
  ])("%s → every hour of the type is judged again, and of no other", async (spec) => {
    const before = `activeFrom: 2026-11-22T12`;
    await apply(datacenter("ams") + eventType("EndSong", before) + eventType("Skip", before));
    await judgeAll();
    const text = eventType("EndSong", before).replace("tier: high, ", spec.startsWith("tier") ? "" : "tier: high, ");
    await apply(text.replace(before, `${before}, ${spec}`));
    expect(await markedHours()).toEqual(["EndSong 12", "EndSong 13"]);
  });

  it("a new description asks for no judgement", async () => {
    await apply(eventType("EndSong"));
    await judgeAll();
    await apply(eventType("EndSong", "description: plays that ended"));
    expect(await markedHours()).toEqual([]);
  });

  it("hours whose facts are no longer kept keep their verdict", async () => {
    await apply(eventType("EndSong", "activeFrom: 2026-11-21T20"));
    await judgeAll();
    // Retention dropped what ends at midnight.
    await test.database.sql.query("INSERT INTO partition_month VALUES ('2026-10-22', now(), now())");
    await apply(eventType("EndSong", "activeFrom: 2026-11-21T20, deadline: 5h"));
    const marked = await markedHours();
    expect(marked.length).toBeGreaterThan(0);
    expect(marked.filter((hour) => /2[0-3]$/.test(hour))).toEqual([]);
  });

  it("a tier's deadline → the types of that tier without a deadline of their own", async () => {
    await apply(tier("gold", "deadline: 1h") + eventType("Own", "deadline: 2h") + eventType("Other"));
    const gold = (name: string, more = "") => eventType(name, more).replace("tier: high", "tier: gold");
    await apply(gold("Plain") + gold("OwnGold", "deadline: 2h"));
    await judgeAll();
    await apply(tier("gold", "deadline: 90m"));
    expect(await markedHours()).toEqual(["Plain 13"]);
    await judgeAll();
    await apply(tier("gold", "deadline: 90m, objective: 0.99"));
    expect(await markedHours()).toEqual([]);
  });

  it("a datacenter's claim → its active hours of types that list none", async () => {
    await apply(
      datacenter("ams") +
        eventType("Any", "activeFrom: 2026-11-22T10") +
        eventType("Ams", "activeFrom: 2026-11-22T10, datacenters: [ams]"),
    );
    await judgeAll();
    await apply(datacenter("lon", "activeFrom: 2026-11-22T12"));
    expect(await markedHours()).toEqual(["Any 12", "Any 13"]);
  });

  it("a moved datacenter → only the hours between, and for types that list it only those after its end", async () => {
    await apply(
      datacenter("ams", "activeFrom: 2026-11-22T11") +
        eventType("Any", "activeFrom: 2026-11-22T09") +
        eventType("Ams", "activeFrom: 2026-11-22T09, datacenters: [ams]"),
    );
    await judgeAll();
    await apply(datacenter("ams", "activeFrom: 2026-11-22T10, activeTo: 2026-11-22T13"));
    expect(await markedHours()).toEqual(["Ams 13", "Any 10", "Any 13"]);
    await judgeAll();
    await apply(datacenter("ams", "activeFrom: 2026-11-22T10, displayName: Amsterdam, activeTo: 2026-11-22T13"));
    expect(await markedHours()).toEqual([]);
  });

  it("waits for facts that are being written", async () => {
    let finish = () => {};
    const held = new Promise<void>((resolve) => {
      finish = resolve;
    });
    let entered = () => {};
    const inside = new Promise<void>((resolve) => {
      entered = resolve;
    });
    const writer = test.database.transaction(async (tx) => {
      await shareIngestGate(tx);
      entered();
      await held;
    });
    await inside;
    let done = false;
    const applying = apply(eventType("EndSong")).then(() => {
      done = true;
    });
    await untilBlocked(test.database.sql);
    expect(done).toBe(false);
    finish();
    await Promise.all([writer, applying]);
    expect(done).toBe(true);
    // And it lets go of the gate.
    await test.database.transaction((tx) => lockIngestGate(tx));
  });
});
