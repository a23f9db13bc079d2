import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { BadMatcher, formatMatcher, matcherOps } from "./matcher-text.ts";
import { parseMatchers, readMatcherObject } from "./parse-matchers.ts";

const read = (text: string) => parseMatchers(text).map(({ name, op, value }) => [name, op, value]);

describe("a matcher's text", () => {
  test.each([
    ['severity="page"', [["severity", "=", "page"]]],
    ["severity=page", [["severity", "=", "page"]]],
    [' severity !=  "page" ', [["severity", "!=", "page"]]],
    ['dc=~"a|b"', [["dc", "=~", "a|b"]]],
    ["dc!~a.*", [["dc", "!~", "a.*"]]],
    [
      '{a="1", b!="2",}',
      [
        ["a", "=", "1"],
        ["b", "!=", "2"],
      ],
    ],
    ["a=", [["a", "=", ""]]],
    ['a=""', [["a", "=", ""]]],
    ['a="x,y"', [["a", "=", "x,y"]]],
    ['a="say \\"hi\\""', [["a", "=", 'say "hi"']]],
    ['a="back\\\\slash\\nline \\d"', [["a", "=", "back\\slash\nline \\d"]]],
    ["a=b=c", [["a", "=", "b=c"]]],
    ["a==b", [["a", "=", "=b"]]],
    ['"team name"="x"', [["team name", "=", "x"]]],
    ["", []],
    ["{}", []],
  ])("%s", (text, expected) => {
    expect(read(text)).toEqual(expected);
  });

  test.each([
    "severity",
    "=x",
    "1a=x",
    'a="x',
    'a=x"',
    'a="x"y"',
    "a~x",
    "a=b,,c=d",
    'a=~"("',
    'a=~"(?=b)"',
    "a-b=c",
    '""="x"',
  ])("%s is refused", (text) => {
    expect(() => parseMatchers(text)).toThrow(BadMatcher);
  });

  test("is read back as what was written", () => {
    const texts = fc.string({ unit: fc.constantFrom("a", '"', "\\", "n", ",", "\n", " ", "=", "~", "{", "}", "é") });
    fc.assert(
      fc.property(
        texts.filter((name) => name !== ""),
        fc.constantFrom("=", "!="),
        texts,
        (name, op, value) => {
          const text = formatMatcher({ name, op: matcherOps.find((each) => each === op) ?? "=", value });
          expect(read(`${text}, b="c"`)).toEqual([
            [name, op, value],
            ["b", "=", "c"],
          ]);
        },
      ),
    );
  });

  test("as an object is Alertmanager's API's", () => {
    const of = (found: object) => formatMatcher(readMatcherObject(found));
    expect(of({ name: "dc", value: "a|b", isRegex: true })).toBe('dc=~"a|b"');
    expect(of({ name: "dc", value: "a", isEqual: false })).toBe('dc!="a"');
    expect(of({ name: "dc", value: "a", isEqual: false, isRegex: true })).toBe('dc!~"a"');
    expect(of({ name: "dc", value: "" })).toBe('dc=""');
    for (const bad of [{ name: "dc" }, { value: "x" }, { name: "dc", value: 3 }, { name: "a", value: "b", op: "=" }]) {
      expect(() => readMatcherObject(bad)).toThrow(BadMatcher);
    }
  });
});
