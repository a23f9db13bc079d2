import { expect, test } from "vitest";
import { digestHref, digestOutcome, digestScope } from "./digest-words.ts";

test.each([
  [null, null, "all event types"],
  ["high", null, "the high tier"],
  [null, "payments", "payments"],
  ["high", "payments", "the high tier’s event types of payments"],
])("tier %s and owner %s are %s", (tier, owner, said) => {
  expect(digestScope({ tier, owner })).toBe(said);
});

test.each([
  ["sent", null, "sent"],
  ["queued", null, "waiting to be sent"],
  ["failed", null, "failed"],
  [null, null, "sent; no longer in the delivery log"],
  [null, "none of its hours counts", "nothing was sent, for none of its hours counts"],
] as const)("a month that is %s because of %s: %s", (state, nothingBecause, said) => {
  expect(digestOutcome({ state, nothingBecause })).toBe(said);
});

test("the digest is read with its scope, whatever that is called", () => {
  expect(digestHref({ tier: "high", owner: "R&D" })).toBe("/api/v1/slo/digest?format=html&tier=high&owner=R%26D");
});
