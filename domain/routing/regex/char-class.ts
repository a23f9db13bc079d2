import { BadRegex } from "./bad-regex.ts";

/** Tests one code point. */
export type CharTest = (char: string) => boolean;

/** `\d \s \w` as RE2 defines them: ASCII only. */
const perl: Readonly<Record<string, string>> = { d: "0-9", s: "\\t\\n\\f\\r ", w: "0-9A-Za-z_" };

const posix: Readonly<Record<string, string>> = {
  alnum: "0-9A-Za-z",
  alpha: "A-Za-z",
  ascii: "\\x00-\\x7f",
  blank: "\\t ",
  cntrl: "\\x00-\\x1f\\x7f",
  digit: "0-9",
  graph: "!-~",
  lower: "a-z",
  print: " -~",
  punct: "!-\\/:-@\\[-`\\{-~",
  space: "\\t\\n\\v\\f\\r ",
  upper: "A-Z",
  word: "0-9A-Za-z_",
  xdigit: "0-9A-Fa-f",
};

/** A range of code points, as written for `charTest`. */
export function rangeSource(first: number, last: number): string {
  return `\\u{${first.toString(16)}}-\\u{${last.toString(16)}}`;
}

/**
 * Whether a code point is in the ranges. On a single code point JavaScript's own expressions cannot backtrack, and their case
 * folding is RE2's (Unicode's simple one).
 */
export function charTest(ranges: string, ignoreCase: boolean): CharTest {
  const pattern = new RegExp(`^[${ranges}]$`, ignoreCase ? "iu" : "u");
  return (char) => pattern.test(char);
}

export function literalTest(char: string, ignoreCase: boolean): CharTest {
  const point = char.codePointAt(0) ?? 0;
  return ignoreCase ? charTest(rangeSource(point, point), true) : (found) => found === char;
}

/** `\d`, `\W` …; null for any other letter. */
export function perlTest(letter: string, ignoreCase: boolean): CharTest | null {
  const ranges = perl[letter.toLowerCase()];
  return ranges === undefined ? null : negatedIf(letter < "a", charTest(ranges, ignoreCase));
}

/** `alpha` or `^alpha` in `[[:alpha:]]`. */
export function posixTest(name: string, ignoreCase: boolean): CharTest {
  const negated = name.startsWith("^");
  const ranges = posix[negated ? name.slice(1) : name];
  if (ranges === undefined) throw new BadRegex(`there is no class [:${name}:]`);
  return negatedIf(negated, charTest(ranges, ignoreCase));
}

/** `L`, `Lu`, `Greek`, `^Greek` in `\p{…}`: a general category or a script. */
export function unicodeTest(name: string, ignoreCase: boolean): CharTest {
  const negated = name.startsWith("^");
  const plain = negated ? name.slice(1) : name;
  return negatedIf(negated, charTest(propertySource(plain), ignoreCase));
}

function propertySource(name: string): string {
  if (!/^[A-Za-z_]{1,40}$/.test(name)) throw new BadRegex(`there is no property \\p{${name}}`);
  const source = /^[CLMNPSZ][a-z]?$/.test(name) || name === "Any" ? `\\p{${name}}` : `\\p{Script=${name}}`;
  try {
    new RegExp(source, "u");
    return source;
  } catch {
    throw new BadRegex(`there is no property \\p{${name}}: name a general category like Lu or a script like Greek`);
  }
}

export function negatedIf(negated: boolean, test: CharTest): CharTest {
  return negated ? (char) => !test(char) : test;
}
