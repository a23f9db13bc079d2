import fc from "fast-check";
import { expect, test } from "vitest";
import { matchesGlob } from "./glob.ts";

test.each([
  ["ams", "ams", true],
  ["ams", "ams1", false],
  ["ams*", "ams", true],
  ["ams*", "ams-2", true],
  ["*-eu", "lon-eu", true],
  ["*-eu", "eu", false],
  ["a*b*c", "a-b-b-c", true],
  ["a*b*c", "a-b-b-d", false],
  ["r?", "r1", true],
  ["r?", "r🎵", true],
  ["r?", "r", false],
  ["*", "", true],
  ["a.c", "abc", false],
  ["[ab]", "a", false],
])("%s and %s: %s", (pattern, text, expected) => {
  expect(matchesGlob(pattern, text)).toBe(expected);
});

test("agrees with the expression that says the same", () => {
  const letter = fc.constantFrom("a", "b");
  const pattern = fc.array(fc.oneof(letter, fc.constantFrom("*", "?")), { maxLength: 8 });
  fc.assert(
    fc.property(pattern, fc.array(letter, { maxLength: 8 }), (parts, letters) => {
      const source = parts.map((part) => (part === "*" ? ".*" : part === "?" ? "." : part)).join("");
      expect(matchesGlob(parts.join(""), letters.join(""))).toBe(new RegExp(`^${source}$`).test(letters.join("")));
    }),
  );
});

test("a pattern of stars is no way to keep the product busy", () => {
  expect(matchesGlob(`${"*a".repeat(100)}b`, "a".repeat(255))).toBe(false);
});
