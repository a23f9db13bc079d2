import { expect, test } from "vitest";
import { findNextBreach } from "./next-breach.ts";

const now = new Date("2026-11-22T15:42:00Z");
const current = new Date("2026-11-22T15:00:00Z");

function row(eventType: string, oldestOpenHour: string | null, deadlineSeconds = 7200, probability?: number) {
  const deadlineMs =
    oldestOpenHour === null ? null : Date.parse(`${oldestOpenHour}:00:00Z`) + 3_600_000 + deadlineSeconds * 1000;
  const closesAt = { p50: "2026-11-22T16:00:00Z", p90: "2026-11-22T17:00:00Z" };
  const forecast = probability === undefined ? null : { breachProbability: probability, closesAt };
  return {
    deadlineMs,
    isLate: deadlineMs !== null && now.getTime() > deadlineMs,
    row: { eventType, oldestOpenHour, deadlineSeconds, forecast },
  };
}

const find = (rows: ReturnType<typeof row>[]) => findNextBreach(rows, current, now);

test("without a forecast: the first deadline within the hour of an hour that is still open", () => {
  const rows = [row("Later", "2026-11-22T14", 6000), row("EndSong", "2026-11-22T13"), row("Calm", null)];
  expect(find(rows)).toEqual({
    eventType: "EndSong",
    hour: "2026-11-22T13",
    deadlineAt: "2026-11-22T16:00:00Z",
    breachProbability: null,
  });
});

test("what is late already is no next breach, and what is far away is not said", () => {
  expect(find([row("Late", "2026-11-22T12"), row("Far", "2026-11-22T14", 86_400), row("Calm", null)])).toBeNull();
});

test("a breach that the forecast holds likely comes before a deadline that is nearer", () => {
  const rows = [row("Near", "2026-11-22T13", 7200, 0.1), row("Bound", "2026-11-22T13", 14_400, 0.81)];
  expect(find(rows)).toMatchObject({ eventType: "Bound", deadlineAt: "2026-11-22T18:00:00Z", breachProbability: 0.81 });
});

test("a breach of the hour that runs can be foreseen too", () => {
  expect(find([row("Coming", null, 3600, 0.7)])).toMatchObject({
    hour: "2026-11-22T15",
    deadlineAt: "2026-11-22T17:00:00Z",
  });
});

test("a deadline within the hour that will likely be kept is said with its probability", () => {
  expect(find([row("Kept", "2026-11-22T13", 7200, 0.04)])).toMatchObject({ breachProbability: 0.04 });
});
