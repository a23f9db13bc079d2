import fc from "fast-check";
import { expect, test } from "vitest";
import { joinNames, splitNames } from "./name-list.ts";

test.each([
  ["EndSong,AdClick", ["EndSong", "AdClick"]],
  [" EndSong , AdClick ,", ["EndSong", "AdClick"]],
  ["EndSong,EndSong", ["EndSong"]],
  ["a\\,b,c", ["a,b", "c"]],
  ["a\\b", ["a\\b"]],
  ["a\\\\,b", ["a\\", "b"]],
  ["", []],
])("%j is %j", (text, names) => {
  expect(splitNames(text)).toEqual(names);
});

test("whatever the names are, what was joined is split again", () => {
  const name = fc
    .array(fc.constantFrom("a", "b", ",", "\\", " ", "é"), { minLength: 1, maxLength: 6 })
    .map((letters) => letters.join(""))
    .filter((text) => text === text.trim() && text !== "");
  fc.assert(
    fc.property(fc.uniqueArray(name), (names) => {
      expect(splitNames(joinNames(names))).toEqual(names);
    }),
  );
});
