import fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import { addHours } from "#domain/hour.ts";
import { ensurePartitions } from "#server/db/partitions.ts";
import { claimForTest } from "#test/catalogue.ts";
import { createTestDatabase, type TestDatabase } from "#test/database.ts";
import { judgeHours } from "#test/judge-and-alert.ts";
import { ManualClock, workerContext } from "#test/worker-context.ts";
import { createCurrentHours } from "./create-current-hours.ts";
import { markHours } from "./mark-hours.ts";
import { retimeHours } from "./retime-hours.ts";

// Two types with the same facts: one is judged again after a change of terms, the other is retimed.
const types = ["Judged", "Retimed"] as const;
const begin = new Date("2026-11-01T00:00:00Z");
const clock = new ManualClock(begin.toISOString());
let scratch: TestDatabase;
let nextHour = begin;

beforeAll(async () => {
  scratch = await createTestDatabase();
  await claimForTest(scratch.database.sql, {
    datacenters: ["east", "west"],
    eventTypes: types,
    activeFrom: begin.toISOString(),
  });
});
afterAll(() => scratch.drop());

const sql = <Row extends object>(statement: string, values: unknown[] = []) =>
  scratch.database.sql.query<Row>(statement, values).then(({ rows }) => rows);

const count = fc.option(fc.constantFrom(0, 1, 999, 1_000, 1_001, 2 ** 53 - 1), { freq: 6 });
const lane = fc.record({
  produced: count,
  delivered: count,
  /** Minutes after the hour began. */
  closed: fc.option(fc.integer({ min: 0, max: 400 }), { freq: 6 }),
});
const terms = fc.record({
  deadlineSeconds: fc.constantFrom(60, 1_800, 3_600, 7_200, 90_000),
  settleSeconds: fc.option(fc.constantFrom(0, 60, 900, 7_200)),
  maxLost: fc.option(fc.constantFrom<number[]>(0, 0.001, 0.000_999_999, 1)),
  maxDuplicated: fc.option(fc.constantFrom<number[]>(0, 0.001, 0.000_999_999, 1)),
});
const story = fc.record({
  hours: fc.array(fc.record({ east: lane, west: lane, accepted: fc.boolean() }), { minLength: 1, maxLength: 6 }),
  before: terms,
  after: terms,
  /** Minutes after the first hour began: when it is judged first, and how much later the terms change. */
  judgedAt: fc.integer({ min: 0, max: 500 }),
  later: fc.constantFrom(0, 1, 30, 300),
  /** Hours that still wait to be judged when the terms change. */
  asked: fc.boolean(),
});
type Story = typeof story extends fc.Arbitrary<infer Value> ? Value : never;

test("retiming hours, and judging those that it names, gives what judging all of them gives", async () => {
  await fc.assert(
    fc.asyncProperty(story, async (told) => {
      const from = nextHour;
      nextHour = addHours(nextHour, 48);
      const to = addHours(from, told.hours.length);
      await setTerms(told.before);
      await sql("UPDATE event_type SET hours_through = $1", [from]);
      for (const [index, hour] of told.hours.entries()) await writeFacts(addHours(from, index), hour);
      clock.set(new Date(from.getTime() + told.judgedAt * 60_000));
      const ctx = workerContext(scratch.database, clock);
      await createCurrentHours({ ctx });
      await judgeAll();
      if (told.asked) await sql("UPDATE verdict SET next_due_at = '-infinity' WHERE hour = $1", [from]);
      clock.set(new Date(clock.now().getTime() + told.later * 60_000));
      await setTerms(told.after);

      const [judged = 0, retimed = 0] = await idsOf();
      await scratch.database.transaction(async (tx) => {
        await markHours(tx, [{ eventTypeId: judged, from, to }]);
        const { toJudge } = await retimeHours(tx, [{ eventTypeId: retimed, from, to }], clock.now());
        await markHours(
          tx,
          toJudge.map(({ eventTypeId, hour }) => ({ eventTypeId, from: hour, to: addHours(hour, 1) })),
        );
      });
      await judgeAll();
      expect(await verdictsOf("Retimed", from, to)).toEqual(await verdictsOf("Judged", from, to));
    }),
    { numRuns: 150 },
  );
}, 240_000);

test("a closed hour keeps its state and is not judged; one that changes its state is named", async () => {
  const from = nextHour;
  nextHour = addHours(nextHour, 48);
  await setTerms({ deadlineSeconds: 3_600, settleSeconds: 60, maxLost: 0, maxDuplicated: 0 });
  await sql("UPDATE event_type SET hours_through = $1", [from]);
  for (const [index, delivered] of [1_000, 999].entries()) {
    const whole = { produced: 1_000, delivered, closed: 90 };
    await writeFacts(addHours(from, index), { east: whole, west: whole, accepted: false });
  }
  clock.set(addHours(from, 24));
  await createCurrentHours({ ctx: workerContext(scratch.database, clock) });
  await judgeAll();
  const [, retimed = 0] = await idsOf();
  const spans = [{ eventTypeId: retimed, from, to: addHours(from, 2) }];
  await setTerms({ deadlineSeconds: 60, settleSeconds: 60, maxLost: 0, maxDuplicated: 0 });
  expect(await scratch.database.transaction((tx) => retimeHours(tx, spans, clock.now()))).toEqual({
    toJudge: [],
    days: [{ eventTypeId: retimed, hour: from }],
  });
  await setTerms({ deadlineSeconds: 60, settleSeconds: 60, maxLost: 0.5, maxDuplicated: 0 });
  expect(await scratch.database.transaction((tx) => retimeHours(tx, spans, clock.now()))).toEqual({
    toJudge: [{ eventTypeId: retimed, hour: addHours(from, 1) }],
    days: [],
  });
});

test("a complete hour whose losses a shorter settling makes final is judged: rules read them then", async () => {
  const from = nextHour;
  nextHour = addHours(nextHour, 48);
  const terms: Story["before"] = { deadlineSeconds: 3_600, settleSeconds: 7_200, maxLost: 0.5, maxDuplicated: 0 };
  await setTerms(terms);
  await sql("UPDATE event_type SET hours_through = $1", [from]);
  const lane = { produced: 1_000, delivered: 999, closed: 90 };
  await writeFacts(from, { east: lane, west: lane, accepted: false });
  clock.set(new Date(from.getTime() + 2 * 3_600_000));
  await createCurrentHours({ ctx: workerContext(scratch.database, clock) });
  await judgeAll();
  const [, retimed = 0] = await idsOf();
  const spans = [{ eventTypeId: retimed, from, to: addHours(from, 1) }];
  await setTerms({ ...terms, settleSeconds: 60 });
  const { toJudge } = await scratch.database.transaction((tx) => retimeHours(tx, spans, clock.now()));
  expect(toJudge).toEqual([{ eventTypeId: retimed, hour: from }]);
});

async function judgeAll(): Promise<void> {
  while ((await judgeHours({ ctx: workerContext(scratch.database, clock), input: { limit: 1_000 } })) > 0);
}

async function idsOf(): Promise<number[]> {
  return (await sql<{ id: number }>("SELECT id FROM event_type ORDER BY name")).map(({ id }) => id);
}

async function setTerms({ deadlineSeconds, settleSeconds, maxLost, maxDuplicated }: Story["before"]): Promise<void> {
  await sql("UPDATE event_type SET deadline_seconds = $1, settle_seconds = $2, max_lost = $3, max_duplicated = $4", [
    deadlineSeconds,
    settleSeconds,
    maxLost,
    maxDuplicated,
  ]);
}

async function writeFacts(hour: Date, told: Story["hours"][number]): Promise<void> {
  await ensurePartitions(scratch.database, [hour]);
  await sql(
    `INSERT INTO lane_total (event_type_id, hour, datacenter_id, stage, landed_hour, events)
     SELECT t.id, $1, d.id, n.stage, $1, n.events
       FROM event_type t, unnest($2::text[], $3::int[], $4::bigint[]) AS n(datacenter, stage, events)
       JOIN datacenter d ON d.name = n.datacenter WHERE n.events IS NOT NULL`,
    [
      hour,
      ["east", "east", "west", "west"],
      [1, 3, 1, 3],
      [told.east.produced, told.east.delivered, told.west.produced, told.west.delivered],
    ],
  );
  await sql(
    `INSERT INTO hour_marker (event_type_id, hour, datacenter_id, closed_at)
     SELECT t.id, $1, d.id, $1::timestamptz + make_interval(mins => n.minutes)
       FROM event_type t, unnest($2::text[], $3::int[]) AS n(datacenter, minutes)
       JOIN datacenter d ON d.name = n.datacenter WHERE n.minutes IS NOT NULL`,
    [hour, ["east", "west"], [told.east.closed, told.west.closed]],
  );
  if (!told.accepted) return;
  await sql(
    `WITH c AS (INSERT INTO correction (action, event_type_id, from_hour, to_hour, reason, created_at, created_by, applied_at)
                SELECT 'accept-hour', id, $1, $1::timestamptz + interval '1 hour', 'as it is', $1, 'test', $1 FROM event_type RETURNING id, event_type_id)
     INSERT INTO accepted_hour (event_type_id, hour, correction_id, lost, duplicated, known)
     SELECT event_type_id, $1, id, 1, 1, true FROM c`,
    [hour],
  );
}

async function verdictsOf(name: string, from: Date, to: Date) {
  const columns = `state, revision, amended, closed_at, deadline_at, produced, delivered, lost, duplicated, skewed, known,
                   accepted_by_correction IS NOT NULL AS accepted`;
  return {
    verdicts: await sql(
      `SELECT hour, settled, next_due_at, ${columns} FROM verdict
        WHERE event_type_id = (SELECT id FROM event_type WHERE name = $1) AND hour >= $2 AND hour < $3 ORDER BY hour`,
      [name, from, to],
    ),
    revisions: await sql(
      `SELECT hour, known_at, lanes, ${columns} FROM verdict_revision
        WHERE event_type_id = (SELECT id FROM event_type WHERE name = $1) AND hour >= $2 AND hour < $3 ORDER BY hour, revision`,
      [name, from, to],
    ),
    lanes: await sql(
      `SELECT hour, datacenter_id, closed_at, known, produced, published, delivered FROM verdict_lane
        WHERE event_type_id = (SELECT id FROM event_type WHERE name = $1) AND hour >= $2 AND hour < $3 ORDER BY 1, 2`,
      [name, from, to],
    ),
    completeThrough: await sql("SELECT complete_through FROM event_type WHERE name = $1", [name]),
  };
}
