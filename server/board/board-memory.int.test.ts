import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { addHours, formatHour, hourOf } from "#domain/hour.ts";
import { openDatabase } from "#server/db/database.ts";
import { type HourStory, openingOf } from "#test/hour-story.ts";
import { workerContext } from "#test/worker-context.ts";
import { readBoard, readCompactBoard } from "./read-board.ts";

const eventTypes = ["EndSong", "AdClick", "Login", "Skip"];
const dcs = ["east", "west"];

let story: HourStory;

// Counts, watermarks and forecasts of every type, so that there is something to change and to take away.
const opening = openingOf(
  { now: "2026-11-22T13:20:00Z", activeFrom: "2026-11-22T09:00:00Z", eventTypes },
  async (lived) => {
    for (const eventType of eventTypes) {
      await lived.count({ dc: "east", stage: "produced", hour: "2026-11-22T12", events: 1_000, eventType });
      for (const dc of dcs) await lived.watermark(dc, "2026-11-22T12:30:00Z", eventType);
    }
    await lived.test.database.sql.query(
      `INSERT INTO forecast (event_type_id, hour, breach_probability, closes_at_p50, closes_at_p90, made_at)
       SELECT id, '2026-11-22T12:00:00Z', 0.4, '2026-11-22T13:40:00Z', '2026-11-22T14:10:00Z', '2026-11-22T13:20:00Z' FROM event_type`,
    );
    await lived.judge();
  },
);
beforeEach(async () => {
  story = await opening.begin();
  // Read once, and so remembered.
  await expectSame();
});
afterEach(() => story.end());

/** As a process reads it that has just been started, and so remembers nothing. */
async function boardReadWhole() {
  const fresh = openDatabase(story.test.database.directUrl);
  try {
    return await readBoard({ ctx: workerContext(fresh, story.clock) });
  } finally {
    await fresh.close();
  }
}

async function expectSame(): Promise<void> {
  const ctx = workerContext(story.test.database, story.clock);
  const whole = await boardReadWhole();
  expect(await readBoard({ ctx })).toEqual(whole);
  const compact = await readCompactBoard({ ctx, input: {} });
  expect(compact.items.map(({ eventType }) => eventType)).toEqual(whole.items.map(({ eventType }) => eventType));
}

const query = (statement: string, values: unknown[] = []) => story.test.database.sql.query(statement, values);

/** A small generator with a seed: a failing round can be lived through again. */
function dice(seed: number): (sides: number) => number {
  let state = seed;
  return (sides) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state % sides;
  };
}

describe("a board kept in memory equals one read whole", () => {
  test.each([1, 2, 3])("after every step of a random day, seed %i", async (seed) => {
    const roll = dice(seed);
    const pick = <Each>(list: readonly Each[]): Each => list[roll(list.length)] as Each;
    for (let step = 0; step < 40; step += 1) {
      const now = story.clock.now();
      const hour = addHours(hourOf(now), -roll(4));
      const [eventType, dc] = [pick(eventTypes), pick(dcs)];
      const kind = roll(6);
      if (kind === 0)
        await story.count({ dc, stage: "produced", hour: formatHour(hour), events: roll(1_000), eventType });
      if (kind === 1)
        await story.count({ dc, stage: "delivered", hour: formatHour(hour), events: roll(900), eventType });
      if (kind === 2) await story.watermark(dc, hour.toISOString(), eventType);
      if (kind === 3) await query("UPDATE event_type SET owner = $1 WHERE name = $2", [`team-${step}`, eventType]);
      if (kind === 4) {
        await query(
          `INSERT INTO forecast (event_type_id, hour, breach_probability, closes_at_p50, closes_at_p90, made_at)
           SELECT id, $2, $3, $4::timestamptz + make_interval(mins => $5), $4::timestamptz + make_interval(mins => 2 * $5), $4
             FROM event_type WHERE name = $1
           ON CONFLICT (event_type_id, hour) DO UPDATE SET breach_probability = excluded.breach_probability,
                       closes_at_p50 = excluded.closes_at_p50, closes_at_p90 = excluded.closes_at_p90, made_at = excluded.made_at`,
          [eventType, hour, roll(100) / 100, now, roll(40)],
        );
      }
      if (kind === 5) story.clock.set(new Date(now.getTime() + roll(50) * 60_000).toISOString());
      if (roll(2) === 0) await story.judge();
      await expectSame();
    }
  });

  test("when the deadline of a type's tier changes", async () => {
    await query("UPDATE tier SET deadline_seconds = 60");
    await expectSame();
  });

  test("when a watermark or a forecast is taken away", async () => {
    const ofEndSong = "event_type_id = (SELECT id FROM event_type WHERE name = 'EndSong')";
    expect((await query(`DELETE FROM watermark WHERE ${ofEndSong}`)).rowCount).toBe(2);
    await expectSame();
    expect((await query("DELETE FROM forecast")).rowCount).toBe(eventTypes.length);
    await expectSame();
  });

  test("while a forecast comes true, its deadline passes, and none replaces it", async () => {
    const eventType = "AdClick";
    const now = story.clock.now();
    await query("DELETE FROM forecast");
    await query(
      `INSERT INTO forecast (event_type_id, hour, breach_probability, closes_at_p50, closes_at_p90, made_at)
       SELECT t.id, h.hour, 0.3, $2::timestamptz + interval '5 min', $2::timestamptz + interval '12 min', $2
         FROM event_type t, generate_series($3::timestamptz - interval '6 h', $3, interval '1 h') h(hour) WHERE t.name = $1`,
      [eventType, now, hourOf(now)],
    );
    for (let minute = 1; minute <= 34; minute += 1.5) {
      story.clock.set(new Date(now.getTime() + minute * 60_000));
      await expectSame();
    }
  });

  test("when a datacenter is retired, and when one is no longer known", async () => {
    await query("UPDATE datacenter SET active_to = '2026-11-22T10:00:00Z' WHERE name = 'west'");
    await expectSame();
  });

  test("when a type is no longer claimed", async () => {
    await query("UPDATE event_type SET claimed_at = NULL WHERE name = 'Skip'");
    await expectSame();
  });

  test("when a transaction that began before other looks commits after them", async () => {
    const { database } = story.test;
    let commit = (): void => undefined;
    const held = new Promise<void>((resolve) => {
      commit = resolve;
    });
    let written = (): void => undefined;
    const isWritten = new Promise<void>((resolve) => {
      written = resolve;
    });
    const slow = database.transaction(async (tx) => {
      await tx.query("UPDATE event_type SET owner = 'slow' WHERE name = 'Login'");
      written();
      await held;
    });
    await isWritten;
    // Meanwhile others commit, and the board is looked at.
    await query("UPDATE event_type SET owner = 'quick' WHERE name = 'AdClick'");
    await expectSame();
    commit();
    await slow;
    await expectSame();
    const { items } = await readBoard({ ctx: workerContext(database, story.clock) });
    expect(items.find(({ eventType }) => eventType === "Login")?.owner).toBe("slow");
  });
});
