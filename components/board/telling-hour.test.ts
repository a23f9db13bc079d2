import { expect, test } from "vitest";
import type { BoardRowJson } from "#domain/api/board.ts";
import { tellingHour } from "./telling-hour.ts";

const strip = (["complete", "incomplete", "complete", "open"] as const).map((state, at) => ({
  hour: `2026-11-22T1${at}`,
  state,
  amended: false,
  closingDelaySeconds: null,
}));
const row = (part: Partial<BoardRowJson>) =>
  ({ oldestOpenHour: null, state: "complete", strip, ...part }) as BoardRowJson;

test("the oldest hour that is not closed", () => {
  expect(tellingHour(row({ oldestOpenHour: "2026-11-20T03", state: "late" }))).toBe("2026-11-20T03");
});
test("else the newest in the type's state", () => {
  expect(tellingHour(row({ state: "incomplete" }))).toBe("2026-11-22T11");
  expect(tellingHour(row({}))).toBe("2026-11-22T12");
});
test("else the last that ended; none where nothing is judged", () => {
  expect(tellingHour(row({ state: "late" }))).toBe("2026-11-22T12");
  expect(tellingHour(row({ strip: [null, null] }))).toBeNull();
});
