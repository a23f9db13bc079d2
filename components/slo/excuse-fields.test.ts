import { expect, test } from "vitest";
import { bodyOf, type ExcuseFields, isFilled, readExcuseFields, suggestionHref } from "./excuse-fields.ts";

const hours = { from: "2026-10-12T08", to: "2026-10-12T11" };
const fields = (part: Partial<ExcuseFields>): ExcuseFields => ({
  ...{ eventTypes: [], tier: "", from: "", to: "", reason: "" },
  ...part,
});

test("a suggestion's link fills in the form, also with names that hold a comma", () => {
  const eventTypes = ["EndSong", "Play, then stop"];
  const suggestion = { ...hours, eventTypes, reason: "Move of west", silence: "1", lateHours: 3, incompleteHours: 0 };
  const { searchParams } = new URL(suggestionHref(suggestion), "http://tidemark.test");
  const read = readExcuseFields(Object.fromEntries(searchParams));
  expect(read).toEqual(fields({ ...hours, eventTypes, reason: "Move of west" }));
  expect(bodyOf(read)).toEqual({ ...hours, eventTypes, reason: "Move of west" });
});

test("it is filled in with event types or a tier, not both, and both ends", () => {
  expect(isFilled(fields({ ...hours, eventTypes: ["EndSong"] }))).toBe(true);
  expect(isFilled(fields({ ...hours, tier: "high" }))).toBe(true);
  expect(isFilled(fields({ ...hours, tier: "high", eventTypes: ["EndSong"] }))).toBe(false);
  expect(isFilled(fields(hours))).toBe(false);
  expect(isFilled(fields({ eventTypes: ["EndSong"], from: hours.from }))).toBe(false);
});

test("a tier goes into the API's input by its name", () => {
  expect(bodyOf(fields({ ...hours, tier: "high", reason: "Agreed" }))).toEqual({
    ...hours,
    tier: "high",
    reason: "Agreed",
  });
});
