import { expect, test } from "vitest";
import { formatHour } from "../hour.ts";
import { resolveMatrixRange } from "./range.ts";

const now = new Date("2026-11-22T13:20:00Z");

test.each([
  [{}, "2026-10-22T14", "2026-11-22T14"],
  [{ from: "2026-11-22T00" }, "2026-11-22T00", "2026-11-22T14"],
  [{ from: "2026-11-20T00Z", to: "2026-11-21T00:00Z" }, "2026-11-20T00", "2026-11-21T00"],
  [{ to: "2026-11-01T00" }, "2026-10-01T00", "2026-11-01T00"],
  [{ from: "2026-11-22T00", to: "2027-01-01T00" }, "2026-11-22T00", "2026-11-22T14"],
  [{ from: "2026-08-21T14" }, "2026-08-21T14", "2026-11-22T14"],
])("%j is %s to %s", (asked, from, to) => {
  const range = resolveMatrixRange(asked, now);
  expect([formatHour(range.from), formatHour(range.to), range.fault]).toEqual([from, to, null]);
});

test.each([
  [{ from: "yesterday" }, "from", /"yesterday" is not a valid hour/],
  [{ to: "2026-11-22" }, "to", /is not a valid hour/],
  [{ from: "2026-11-22T14" }, "from", /range from 2026-11-22T14 to 2026-11-22T14 is empty/],
  [{ from: "2026-11-22T10", to: "2026-11-22T09" }, "from", /is empty/],
  [{ from: "2026-08-21T13" }, "from", /longer than 93 days/],
])("%j is refused", (asked, parameter, detail) => {
  expect(resolveMatrixRange(asked, now).fault).toEqual({ parameter, detail: expect.stringMatching(detail) });
});
