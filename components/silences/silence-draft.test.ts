import { expect, test } from "vitest";
import { matcherLines, silenceRequest } from "./silence-draft.ts";

test("a matcher a line; empty lines say nothing", () => {
  expect(matcherLines(' datacenter="ams" \n\nseverity=~"page|ticket"\n')).toEqual([
    'datacenter="ams"',
    'severity=~"page|ticket"',
  ]);
});
test("for a while, or until an instant in UTC", () => {
  const said = { matchers: ['a="b"'], reason: "work" };
  expect(silenceRequest({ ...said, howLong: "2h", until: "" })).toEqual({ ...said, duration: "2h" });
  expect(silenceRequest({ ...said, howLong: "until", until: "2026-11-23T18:30" })).toEqual({
    ...said,
    endsAt: "2026-11-23T18:30:00Z",
  });
});
