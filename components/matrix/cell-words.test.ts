import { expect, test } from "vitest";
import { emptyMatrix, ratioSteps, toDelayCode, toRatioCode, toStateCode } from "#domain/matrix.ts";
import type { VerdictState } from "#domain/verdict.ts";
import { describeCell, sayCell } from "./cell-words.ts";

const asOfMs = Date.parse("2026-11-20T13:20:00Z");
const states: (VerdictState | null)[] = [null, "complete", "incomplete", "unverified", "late", "closing", "open"];
const type = { eventType: "EndSong", owner: "payments", tier: "high", deadlineSeconds: 3600, troubledBy: [] };
const matrix = emptyMatrix(new Date("2026-11-20T07:00:00Z"), 7, [type]);
matrix.states.set(states.map((state) => toStateCode(state, state === "incomplete")));
matrix.delays.set([null, 840, 4000, 600, null, null, null].map((delay) => toDelayCode(delay, 3600)));
matrix.lost[2] = toRatioCode(0.021, ratioSteps.lost);
matrix.skewed[1] = toRatioCode(0.0003, ratioSteps.skewed);

test.each([
  [0, "EndSong 2026-11-20T07: no verdict: not active then."],
  [1, "EndSong 2026-11-20T08: complete, closed about 14 min after its end, within the deadline, skew about 0.03 %."],
  [
    2,
    "EndSong 2026-11-20T09: incomplete, amended, closed about 64 min after its end, deadline missed, lost about 2 %.",
  ],
  [3, "EndSong 2026-11-20T10: unverified, closed about 10 min after its end, within the deadline, loss unknown."],
  [4, "EndSong 2026-11-20T11: late, not closed for 80 min after its end."],
  [5, "EndSong 2026-11-20T12: closing, not closed for 20 min after its end."],
  [6, "EndSong 2026-11-20T13: open, not ended."],
])("hour %i", (hour, sentence) => {
  expect(sayCell(describeCell(matrix, { row: 0, hour, endHour: hour + 1 }, asOfMs))).toBe(sentence);
});

test("a day is described by its hours per state", () => {
  const words = describeCell(matrix, { row: 0, hour: 1, endHour: 5 }, asOfMs);
  expect(sayCell(words)).toBe(
    "EndSong 2026-11-20: 4 hours: 1 complete, 1 incomplete, 1 unverified, 1 late, 1 closed after its deadline, 1 amended.",
  );
});
