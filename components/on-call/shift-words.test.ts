import { expect, test } from "vitest";
import { midnightsIn, placeOf, shadeOf } from "./shift-words.ts";

const from = Date.parse("2026-11-29T12:00:00Z");
const to = Date.parse("2026-12-01T12:00:00Z");

test("a shift is drawn where it is within the span, cut to it", () => {
  const place = (startsAt: string, endsAt: string) => placeOf({ startsAt, endsAt }, [from, to]);
  expect(place("2026-11-30T00:00:00Z", "2026-11-30T12:00:00Z")).toEqual({ left: 25, width: 25 });
  expect(place("2026-11-01T00:00:00Z", "2027-11-30T12:00:00Z")).toEqual({ left: 0, width: 100 });
});

test("a person keeps one shade, and one who left has the first", () => {
  const spec = { people: Array.from({ length: 8 }, (_, at) => ({ name: `p${at}`, channels: ["a"] })) };
  expect(["p0", "p5", "p7", "x"].map((name) => shadeOf({ spec: spec as never }, name))).toEqual([0, 5, 1, 0]);
});

test("a span's midnights are those between its ends", () => {
  expect(midnightsIn(from, to, "utc").map((at) => new Date(at).toISOString().slice(0, 13))).toEqual([
    "2026-11-30T00",
    "2026-12-01T00",
  ]);
});
