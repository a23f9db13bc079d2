import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { Context } from "#server/access/context.ts";
import { notifySubscribers } from "#server/consumers/notify-subscribers.ts";
import { shareIngestGate } from "#server/db/ingest-gate.ts";
import { runHourTasks } from "#server/verdicts/run-hour-tasks.ts";
import { HourStory } from "#test/hour-story.ts";
import { rollUpAll } from "#test/slo.ts";
import { untilBlocked } from "#test/until.ts";
import { workerContext } from "#test/worker-context.ts";
import { applyCatalogue } from "./apply-catalogue.ts";

let story: HourStory;
beforeEach(async () => {
  story = await HourStory.begin({
    now: "2026-10-05T09:30:00Z",
    activeFrom: "2026-10-05T00:00:00Z",
    eventTypes: ["Old"],
  });
});
afterEach(() => story.end());

const sql = <Row extends object>(statement: string, values: unknown[] = []) =>
  story.test.database.sql.query<Row>(statement, values).then(({ rows }) => rows);
const ctx = (): Context => ({
  ...workerContext(story.test.database, story.clock),
  scopes: new Set(["write"]),
  actor: "ann",
});
const eventType = (name: string, spec: string) =>
  `{apiVersion: tidemark/v1, kind: EventType, metadata: {name: ${name}}, spec: {owner: music, tier: high, ${spec}}}\n---\n`;
const datacenter = (name: string, spec: string) =>
  `{apiVersion: tidemark/v1, kind: Datacenter, metadata: {name: ${name}}, spec: {${spec}}}\n---\n`;
/** Only so many hours with the change itself: the rest is the background's. */
const apply = (text: string, hoursAtOnce = 3) =>
  applyCatalogue({ ctx: ctx(), input: { text, dryRun: false, hoursAtOnce } });
const step = () =>
  runHourTasks({
    ctx: workerContext(story.test.database, story.clock),
    input: { limit: 1 },
    onJudged: notifySubscribers,
  });
async function finish(): Promise<void> {
  await story.judge();
  while ((await step()) > 0) await story.judge();
}

const tasks = () =>
  sql<{ action: string; left: string }>(
    `SELECT action, to_char(from_hour AT TIME ZONE 'UTC', 'MM-DD HH24') || ' to ' || to_char(next_hour AT TIME ZONE 'UTC', 'MM-DD HH24') AS left
       FROM hour_task WHERE next_hour > from_hour ORDER BY action, from_hour`,
  );
const verdicts = (name = "Old") =>
  sql(
    `SELECT v.hour, v.state, v.closed_at, v.deadline_at, v.produced, v.delivered, v.lost, v.known FROM verdict v
       JOIN event_type t ON t.id = v.event_type_id WHERE t.name = $1 ORDER BY v.hour`,
    [name],
  );
const completeThrough = async (name: string) => (await story.get(`/event-types/${name}`)).body.completeThrough;

describe("a change of terms", () => {
  test("the newest hours are judged with it, older ones in the background, and all end as if at once", async () => {
    await apply(eventType("Old", "deadline: 3h"));
    expect(await tasks()).toEqual([{ action: "retime", left: "10-05 00 to 10-05 07" }]);
    await story.judge();
    const late = (await verdicts()).filter(({ state }: { state?: string }) => state === "late");
    expect(late).toHaveLength(7);
    const { body } = await story.get("/status");
    expect(body).toMatchObject({ dirtyHours: 0, rejudging: { hours: 7, doneHours: 0, secondsLeft: null } });
    await finish();
    expect((await story.get("/status")).body.rejudging).toBeNull();
    expect(await sql("SELECT FROM hour_task")).toEqual([]);
    const states = (await sql<{ state: string }>("SELECT state FROM verdict ORDER BY hour")).map(({ state }) => state);
    // 00 to 05 end by 06:00 and are due by 09:00; 06 is due at 10:00.
    expect(states).toEqual([...Array(6).fill("late"), ...Array(3).fill("closing"), "open"]);
  });

  test("an old hour is read by the new terms before the background comes to it", async () => {
    await apply(eventType("Old", "deadline: 1d"));
    await story.judge();
    expect(await tasks()).toHaveLength(1);
    expect((await story.get("/event-types/Old/hours/2026-10-05T01")).body).toMatchObject({
      state: "closing",
      deadlineAt: "2026-10-06T02:00:00Z",
    });
    const { body } = await story.get("/event-types/Old/hours?from=2026-10-05T00&to=2026-10-05T10");
    expect(body.items.map(({ state }: { state: string }) => state)).toEqual([...Array(9).fill("closing"), "open"]);
  });

  test("a second change while the first goes on: judged once, by what holds last", async () => {
    await apply(eventType("Old", "deadline: 3h"));
    await apply(eventType("Old", "deadline: 1d") + datacenter("east", "activeFrom: 2026-10-05T04"));
    expect(await tasks()).toEqual([
      { action: "judge", left: "10-05 00 to 10-05 04" },
      { action: "retime", left: "10-05 04 to 10-05 07" },
    ]);
    const [task] = await sql<{ reason: string; actor: string }>("SELECT reason, actor FROM hour_task");
    expect(task?.actor).toBe("ann");
    expect(task?.reason).toMatch(/deadline 1h → 3h.*deadline 3h → 1d/);
    await finish();
    expect(new Set((await verdicts()).map((row) => (row as { state: string }).state))).toEqual(
      new Set(["closing", "open"]),
    );
  });

  test("it waits for no writer of facts, and none waits for it", async () => {
    await story.test.database.transaction(async (tx) => {
      await shareIngestGate(tx);
      expect((await apply(eventType("Old", "deadline: 3h"))).applied).toBe(true);
    });
  });

  test("an hour that is created meanwhile is judged before the past", async () => {
    await apply(eventType("Old", "deadline: 3h"));
    await story.at("2026-10-05T10:00:01Z");
    expect((await story.get("/status")).body).toMatchObject({ dirtyHours: 0, rejudging: { doneHours: 0 } });
    expect(await verdicts()).toHaveLength(11);
  });
});

describe("a claim with a long past", () => {
  const facts = async () => {
    for (const hour of ["02", "05", "08"]) {
      for (const dc of ["east", "west"]) {
        await story.count({ dc, stage: "produced", hour: `2026-10-05T${hour}`, events: 10, eventType: "New" });
        await story.count({ dc, stage: "delivered", hour: `2026-10-05T${hour}`, events: 10, eventType: "New" });
      }
    }
    for (const dc of ["east", "west"]) await story.watermark(dc, "2026-10-05T09:00:00Z", "New");
  };
  const text = eventType("New", "activeFrom: 2026-08-30T22");

  test("facts from before, from between two steps, and from after: the verdicts are those of a claim at once", async () => {
    await story.count({ dc: "east", stage: "produced", hour: "2026-08-31T01", events: 3, eventType: "New" });
    await facts();
    await apply(text);
    expect((await tasks())[0]).toEqual({ action: "create", left: "08-30 22 to 10-05 07" });
    await story.judge();
    expect((await verdicts("New")).length).toBe(3);
    expect((await story.get("/status")).body.dirtyHours).toBe(849);
    // The run has a hole for as long as hours before it are not created.
    expect(await completeThrough("New")).toBeNull();
    expect(await step()).toBeGreaterThan(0);
    // Of an hour that is not created yet: its mark is taken, and its creation sees it.
    await story.count({ dc: "west", stage: "produced", hour: "2026-08-31T02", events: 4, eventType: "New" });
    await story.judge();
    await finish();
    await story.count({ dc: "east", stage: "delivered", hour: "2026-08-31T01", events: 3, eventType: "New" });
    await story.judge();
    const inSteps = await verdicts("New");
    expect(inSteps).toHaveLength(852);

    await sql("TRUNCATE verdict, verdict_revision");
    await sql("UPDATE event_type SET claimed_at = NULL WHERE name = 'New'");
    await apply(text, 100_000);
    await story.judge();
    expect(await tasks()).toEqual([]);
    expect(await verdicts("New")).toEqual(inSteps);
  });

  test("a hole in the past shows once it is created; the complete run passes what is whole", async () => {
    await facts();
    await apply(eventType("New", "activeFrom: 2026-10-05T02"));
    await story.judge();
    expect(await completeThrough("New")).toBeNull();
    await finish();
    expect(await completeThrough("New")).toBe("2026-10-05T02");
  });

  test("taken back to a shorter past before it was created: only what is wanted is", async () => {
    await apply(text);
    await step();
    await apply(eventType("New", "activeFrom: 2026-10-05T04"));
    expect((await tasks()).map(({ action }) => action)).toEqual(["delete"]);
    await finish();
    expect((await verdicts("New")).length).toBe(6);
    // And wanted again while it is being deleted.
    await apply(eventType("New", "activeFrom: 2026-09-28T00"));
    await step();
    await apply(eventType("New", "activeFrom: 2026-10-04T00"));
    await apply(eventType("New", "activeFrom: 2026-09-28T00"));
    await finish();
    expect((await verdicts("New")).length).toBe(7 * 24 + 10);
  });

  test("it waits for facts that are being written", async () => {
    let applied = false;
    const applying = await story.test.database.transaction(async (tx) => {
      await shareIngestGate(tx);
      const whole = apply(text).then(() => {
        applied = true;
      });
      await untilBlocked(story.test.database.sql);
      expect(applied).toBe(false);
      return { whole };
    });
    await applying.whole;
    expect(applied).toBe(true);
  });
});

describe("kill -9 in the middle", () => {
  test("a step that dies leaves everything as it was; the next one does it", async () => {
    await apply(eventType("Old", "deadline: 3h"));
    await story.judge();
    const before = [await tasks(), await verdicts()];
    const real = workerContext(story.test.database, story.clock);
    const dying: Context = {
      ...real,
      database: {
        ...real.database,
        transaction: (work) =>
          real.database.transaction(async (tx) => {
            await work(tx);
            throw new Error("killed before the commit");
          }),
      },
    };
    await expect(runHourTasks({ ctx: dying, input: { limit: 1 }, onJudged: notifySubscribers })).rejects.toThrow(
      "killed",
    );
    expect([await tasks(), await verdicts()]).toEqual(before);
    await finish();
    expect(await tasks()).toEqual([]);
  });
});

describe("service levels", () => {
  /** A month is frozen on the 3rd; September of a type whose hours all closed 90 minutes after their end. */
  async function freezeSeptember(): Promise<void> {
    await sql(
      "UPDATE event_type SET active_from = '2026-09-28T00:00Z', hours_through = '2026-09-28T00:00Z', claimed_at = '2026-09-01Z'",
    );
    await sql("UPDATE datacenter SET active_from = '2026-09-01T00:00Z'");
    await story.judge();
    for (let hour = Date.parse("2026-09-28T00:00Z"); hour < Date.parse("2026-10-01T00:00Z"); hour += 3_600_000) {
      for (const dc of ["east", "west"]) await closeAt(dc, hour, hour + 2.5 * 3_600_000);
    }
    await story.judge();
    await rollUpAll(story);
  }
  async function closeAt(dc: string, hour: number, at: number): Promise<void> {
    story.clock.set(new Date(at));
    await story.closeHour(dc, new Date(hour).toISOString().slice(0, 13), "Old");
  }
  const months = () =>
    sql(
      "SELECT to_char(month AT TIME ZONE 'UTC', 'MM') AS month, met_hours, frozen_at IS NOT NULL AS frozen FROM slo_month ORDER BY 1",
    );

  test("a frozen month is restated once, by the change that asked for it, when the background comes to it", async () => {
    await freezeSeptember();
    await story.at("2026-10-05T09:30:00Z");
    await rollUpAll(story);
    expect(await months()).toMatchObject([{ month: "09", met_hours: 0, frozen: true }, { month: "10" }]);
    await apply(eventType("Old", "deadline: 2h"));
    await story.judge();
    await rollUpAll(story);
    expect(await sql("SELECT FROM slo_restatement")).toEqual([]);
    // A later change that touches nothing of it does not take the blame.
    await finish();
    await apply(eventType("Old", "deadline: 2h, maxLost: 0.5"), 0);
    await rollUpAll(story);
    const restated = await sql<{ causes: object[] }>("SELECT causes, after->>'metHours' AS met FROM slo_restatement");
    expect(restated).toMatchObject([
      {
        met: "72",
        causes: [{ cause: "catalogue", actor: "ann", reason: expect.stringContaining("deadline 1h → 2h") }],
      },
    ]);
  });

  test("a month waits to be frozen for as long as hours of it wait", async () => {
    await freezeSeptember();
    story.clock.set("2026-10-01T20:00:00Z");
    await apply(eventType("Old", "deadline: 2h"));
    await story.at("2026-10-09T00:00:00Z");
    await rollUpAll(story);
    expect(await months()).toMatchObject([{ month: "09", frozen: false }, { month: "10" }]);
    await finish();
    await rollUpAll(story);
    expect(await months()).toMatchObject([{ month: "09", met_hours: 72, frozen: true }, { month: "10" }]);
  });

  test("hours that the type has no longer count no more, before they are deleted", async () => {
    await freezeSeptember();
    await story.at("2026-10-05T09:30:00Z");
    await apply(eventType("Old", "deadline: 3h, activeFrom: 2026-09-30T00"));
    await rollUpAll(story);
    expect(await tasks()).toContainEqual({ action: "delete", left: "09-28 00 to 09-30 00" });
    const [september] = await sql("SELECT due_hours FROM slo_month ORDER BY month LIMIT 1");
    expect(september).toEqual({ due_hours: 24 });
  });
});
