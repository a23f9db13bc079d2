import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { BadRegex, compileRegex } from "./compile-regex.ts";

const matches = (expression: string, text: string) => compileRegex(expression)(text);

/** Expressions that RE2 and JavaScript read alike, with JavaScript's as the other opinion. */
const leaf = fc.constantFrom(
  "a",
  "b",
  "c",
  ".",
  "[ab]",
  "[^a]",
  "\\d",
  "\\w",
  "[a-c]",
  "",
  "\\.",
  "[b-]",
  "\\x61",
  "\\b",
);
const expressions = fc.letrec<{ any: string }>((tie) => ({
  any: fc.oneof(
    { depthSize: "small", withCrossShrink: true },
    leaf,
    fc.tuple(tie("any"), tie("any")).map(([a, b]) => a + b),
    fc.tuple(tie("any"), tie("any")).map(([a, b]) => `(?:${a}|${b})`),
    fc
      .tuple(tie("any"), fc.constantFrom("*", "+", "?", "{2}", "{1,3}", "{0,1}", "{2,}", "*?", "{0}"))
      .map(([a, times]) => `(${a})${times}`),
  ),
})).any;

describe("an expression matches the whole of a text", () => {
  test("as JavaScript does where the two languages agree", () => {
    const texts = fc.string({ unit: fc.constantFrom("a", "b", "c", "1", ".", "-", "\n", "ß"), maxLength: 8 });
    fc.assert(
      fc.property(expressions, fc.array(texts, { minLength: 1, maxLength: 8 }), (expression, found) => {
        const ours = compileRegex(expression);
        const theirs = new RegExp(`^(?:${expression})$`, "u");
        for (const text of found) expect([expression, text, ours(text)]).toEqual([expression, text, theirs.test(text)]);
      }),
      { numRuns: 1_000 },
    );
  });

  test("of RE2's own syntax", () => {
    const yes: [string, string][] = [
      ["", ""],
      ["a|b", "b"],
      ["a||b", ""],
      ["(?i)eNd.*", "ENDSong"],
      ["(?i:a)b", "Ab"],
      ["(?i)k", "\u212a"],
      ["(?i)[^a]", "b"],
      ["(?s).", "\n"],
      ["(?P<dc>ams|lon)-\\d{2}", "lon-07"],
      ["(?<dc>ams)", "ams"],
      ["[[:alpha:]]+[[:^digit:]]", "abc-"],
      ["[]a]+", "]a"],
      ["[a\\]-]+", "a]-"],
      ["\\pL\\p{Greek}\\P{Lu}\\p{^Lu}", "éλaa"],
      ["\\Qa.b\\E+", "a.bb"],
      ["\\Aa\\z", "a"],
      ["a{,2}", "a{,2}"],
      ["a{", "a{"],
      ["\\x{1F40B}", "🐋"],
      [".", "🐋"],
      ["\\0101", "\b1"],
      ["\\101", "A"],
      ["(?m)a$\n^b", "a\nb"],
      ["\\_\\-", "_-"],
      ["(a*)*", ""],
      ["(|a)+b", "aab"],
    ];
    for (const [expression, text] of yes) expect([expression, matches(expression, text)]).toEqual([expression, true]);
    const no: [string, string][] = [
      ["a|b", "ab"],
      ["a", "ba"],
      [".", "\n"],
      ["(?i:a)b", "aB"],
      ["(?i)[^a]", "A"],
      ["\\d", "٣"],
      ["\\w", "é"],
      ["(?-s).", "\n"],
      ["[^[:alpha:]]", "x"],
      ["a$b", "ab"],
    ];
    for (const [expression, text] of no) expect([expression, matches(expression, text)]).toEqual([expression, false]);
  });
});

describe("what RE2 refuses is refused", () => {
  const bad = [
    "(?=a)a",
    "(?!a)b",
    "(?<=a)b",
    "(?<!a)b",
    "(a)\\1",
    "*a",
    "a|*",
    "a**",
    "a{2}{3}",
    "a*??",
    "(",
    "a)",
    "[a",
    "[b-a]",
    "a{1001}",
    "a{3,2}",
    "\\y",
    "\\Z",
    "\\C",
    "\\é",
    "[[:foo:]]",
    "\\p{Klingon}",
    "(?x)a",
    "(?>a)",
    "(?P<a>b)(?P<a>c)",
    "\\",
    "[\\",
    "[a-\\d]",
    "((a{100}){100}){100}",
    "\\x{110000}",
  ];
  test.each(bad)("%s", (expression) => {
    expect(() => compileRegex(expression)).toThrow(BadRegex);
  });
  test("and what is nested too deep", () => {
    expect(() => compileRegex("(".repeat(1_100) + ")".repeat(1_100))).toThrow(BadRegex);
  });
});

/** Of this process: a busy machine does not lengthen it. */
const cpuMs = () => process.cpuUsage().user / 1_000;

test("an expression that takes others years takes no time", () => {
  const began = cpuMs();
  expect(matches("(a+)+b", "a".repeat(5_000))).toBe(false);
  expect(matches("(a|a)*(a|a)*c", "a".repeat(5_000))).toBe(false);
  expect(cpuMs() - began).toBeLessThan(2_000);
});

test("an expression that unfolds into millions of steps is refused before it is unfolded", () => {
  const began = cpuMs();
  for (const expression of [`(${"a?".repeat(1_000)}){1000}`, "(?:.{0,1000})".repeat(300), "a{0,1000}".repeat(40)]) {
    expect(() => compileRegex(expression)).toThrow("it is too large");
  }
  expect(cpuMs() - began).toBeLessThan(1_000);
  expect(matches("[a-z]{1,63}([.][a-z]{1,63}){1,10}", "a.b.example")).toBe(true);
});
