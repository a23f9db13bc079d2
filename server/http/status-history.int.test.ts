import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { type StatusHistoryJson, statusHistorySchema } from "#domain/api/status-history.ts";
import { addHours, formatHour, hourOf } from "#domain/hour.ts";
import { duties } from "#domain/turn.ts";
import { enforceRetention } from "#server/db/enforce-retention.ts";
import { recordDuties } from "#server/turns/index.ts";
import { type HourStory, openingOf } from "#test/hour-story.ts";

let story: HourStory;
const opening = openingOf({ now: "2026-11-22T13:10:00Z", activeFrom: "2026-11-22T12:00:00Z" });
beforeEach(async () => {
  story = await opening.begin();
});
afterEach(() => story.end());

const sql = () => story.test.database.sql;
/** A minute of the hour before the current one. */
const minute = (number: number) => new Date(addHours(hourOf(new Date()), -1).getTime() + number * 60_000);
const record = (at: Date, pubsub = false) => recordDuties(sql(), { clock: story.clock, pubsub, at });

async function history(query = ""): Promise<StatusHistoryJson> {
  const { status, body } = await story.get(`/status/history${query}`);
  expect(status).toBe(200);
  return statusHistorySchema.parse(body);
}
const dutyOf = ({ duties: all }: StatusHistoryJson, name: string) => all.find(({ duty }) => duty === name);

/** The facts of an ended hour changed so many seconds ago, and no one judges. */
async function leaveUnjudged(seconds: number): Promise<void> {
  await sql().query("DELETE FROM dirty_hour");
  await sql().query(
    `INSERT INTO dirty_hour (event_type_id, hour, marked_at)
     SELECT id, '2026-11-22T12:00Z', clock_timestamp() - make_interval(secs => $1) FROM event_type LIMIT 1`,
    [seconds],
  );
}

describe("GET /status/history", () => {
  test("before anything was recorded: every duty, and nothing known of it", async () => {
    const { from, to, recordedSince, duties: all } = await history();
    expect([(Date.parse(`${to}:00Z`) - Date.parse(`${from}:00Z`)) / 3_600_000, recordedSince]).toEqual([720, null]);
    expect(all.map(({ duty }) => duty)).toEqual([...duties]);
    expect(all[0]).toEqual({
      duty: "storage",
      minutes: 0,
      minutesBehind: 0,
      withinLimit: null,
      worstHour: null,
      days: [],
    });
  });

  test("a duty that is behind for a known time: its minutes, its share, its worst hour and the longest wait", async () => {
    await story.judge();
    // Three minutes, each observed by two processes; in the second and third judging is 90 s and then 150 s behind.
    const at = [minute(10), minute(11), minute(12)] as const;
    await record(at[0]);
    await record(at[0]);
    await leaveUnjudged(90);
    await record(at[1]);
    await record(at[1]);
    await leaveUnjudged(150);
    await record(at[2]);
    await leaveUnjudged(10);
    await record(at[2]);
    // A process that was held up between looking and writing.
    await record(at[1]);
    const shown = await history();
    const judging = dutyOf(shown, "judging");
    expect(judging).toMatchObject({ minutes: 3, minutesBehind: 2, withinLimit: 1 / 3 });
    expect(judging?.worstHour).toMatchObject({ hour: formatHour(hourOf(at[0])), minutesBehind: 2 });
    expect(judging?.worstHour?.worstAgeSeconds).toBeGreaterThanOrEqual(150);
    expect(judging?.worstHour?.worstAgeSeconds).toBeLessThan(160);
    expect(dutyOf(shown, "maintenance")).toMatchObject({ minutesBehind: 0, withinLimit: 1, worstHour: null });
    // Without a queue the duty does not exist.
    expect(dutyOf(shown, "ingest")).toMatchObject({ minutes: 0, withinLimit: null });
    await record(minute(13), true);
    expect(dutyOf(await history(), "ingest")).toMatchObject({ minutes: 1 });
  });

  test("the figures of a range are those of its hours, to the minute", async () => {
    const now = hourOf(new Date());
    const put = (hours: number, minutes: number, behind: number, worst: number) =>
      sql().query(
        `INSERT INTO duty_hour (hour, duty, minutes, minutes_behind, last_minute, worst_age_seconds)
         VALUES ($1, 'delivery', $2, $3, $1, $4)`,
        [addHours(now, hours), minutes, behind, worst],
      );
    await put(-1, 60, 3, 100);
    await put(-30, 60, 20, 400);
    await put(-31, 40, 20, 900);
    await put(-721, 60, 60, 9_000);
    expect(dutyOf(await history(), "delivery")).toMatchObject({
      minutes: 160,
      minutesBehind: 43,
      withinLimit: 117 / 160,
      worstHour: { hour: formatHour(addHours(now, -31)), minutesBehind: 20, worstAgeSeconds: 900 },
    });
    const one = await history(`?from=${formatHour(addHours(now, -30))}&to=${formatHour(addHours(now, -29))}`);
    expect(one.recordedSince).toBe(formatHour(addHours(now, -721)));
    expect(dutyOf(one, "delivery")).toMatchObject({
      minutes: 60,
      minutesBehind: 20,
      days: [{ minutes: 60, minutesBehind: 20, worstAgeSeconds: 400 }],
    });
  });

  test.each([
    ["?from=yesterday", "is not a valid hour"],
    ["?from=2026-11-22T13&to=2026-11-22T13", "The range is empty"],
    ["?from=2020-01-01T00&to=2026-11-22T13", "Ask for at most 400"],
  ])("%s is refused with its reason", async (query, reason) => {
    const { status, body } = await story.get(`/status/history${query}`);
    expect(status).toBe(400);
    expect(JSON.stringify(body)).toContain(reason);
  });

  test("goes with the verdicts", async () => {
    await record(minute(0));
    const keep = { factsBefore: null, rejectedBefore: new Date(0), rejectedBytes: 1_000_000 };
    await enforceRetention(story.test.database, { ...keep, verdictsBefore: addHours(new Date(), -3) });
    expect((await history()).recordedSince).not.toBeNull();
    await enforceRetention(story.test.database, { ...keep, verdictsBefore: addHours(new Date(), 1) });
    expect((await history()).recordedSince).toBeNull();
  });
});
