import { expect, test } from "vitest";
import { countsText, deliveryUrl, outcomeText, standstillText } from "./hook-words.ts";

const spec = { provider: "github" as const, mappings: [{ match: ".*", component: "x" }] };

test("a hook without a secret, or whose variable is not set, says what to do; a disabled one that it records nothing", () => {
  expect(standstillText({ spec, secretIsSet: true })).toBeNull();
  expect(standstillText({ spec, secretIsSet: false })).toContain("until you make one");
  const named = { ...spec, secret: { env: "TIDEMARK_SECRET_X" } };
  expect(standstillText({ spec: named, secretIsSet: false })).toMatch(/^TIDEMARK_SECRET_X is not set/);
  expect(standstillText({ spec: { ...spec, enabled: false }, secretIsSet: true })).toMatch(/^Disabled/);
});

test("refused deliveries are counted apart", () => {
  expect(countsText({ deliveries: 0, recorded: 0, refused: 0 })).toBe("No delivery yet.");
  expect(countsText({ deliveries: 1, recorded: 1, refused: 0 })).toBe("1 delivery recorded 1 deployment.");
  expect(countsText({ deliveries: 0, recorded: 0, refused: 1 })).toBe(
    "0 deliveries recorded 0 deployments. 1 was refused.",
  );
  expect(outcomeText({ outcome: "refused", times: 1_204 })).toBe("refused 1,204 times");
});

test("a name is one segment of the URL", () => {
  expect(deliveryUrl("https://t.example.com", "a/b")).toBe("https://t.example.com/api/v1/hooks/a%2Fb");
});
