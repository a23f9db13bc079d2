import { expect, test } from "vitest";
import { onDay, readHourText } from "./hour-field.tsx";

test.each([
  ["an hour's name", "2026-11-22T13", "2026-11-22T13"],
  ["as times are written on the pages", "2026-11-22 13:00", "2026-11-22T13"],
  ["as the API writes instants", "2026-11-22T13:00:00Z", "2026-11-22T13"],
  ["spaces around it do not matter", " 2026-11-22 13 ", "2026-11-22T13"],
  ["half an hour past is not an hour", "2026-11-22 13:30", null],
  ["half a name is none yet", "2026-11-22T1", null],
  ["a day alone is none", "2026-11-22", null],
  ["a day that the month lacks is none", "2026-02-30T13", null],
  ["an hour that the day lacks is none", "2026-11-22T24", null],
])("%s", (_, text, hour) => {
  expect(readHourText(text)).toBe(hour);
});

test("a day that is picked keeps the hour", () => {
  expect(onDay("2026-11-23", "2026-11-22T13")).toBe("2026-11-23T13");
  expect(onDay("2026-11-23", null)).toBe("2026-11-23T00");
});
