import { expect, test } from "vitest";
import { makeMatcher } from "./matcher.ts";
import type { MatcherOp } from "./matcher-text.ts";

test.each<[MatcherOp, string, boolean]>([
  ["=", "Cafe\u0301", true],
  ["!=", "Cafe\u0301", false],
  ["=~", "Cafe\u0301|x", true],
  ["!~", "Cafe\u0301|x", false],
])("%s %j, as a Mac types it, is about the name as it is kept", (op, value, accepted) => {
  expect(makeMatcher("eventType", op, value).accepts("Caf\u00e9")).toBe(accepted);
});
