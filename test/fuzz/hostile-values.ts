import type { Chance } from "./chance.ts";

// What programs send by mistake, and people on purpose. JSON that JavaScript cannot write is marked and inserted as
// text.

const rawMark = "\u0001raw:";

export function raw(json: string): string {
  return `${rawMark}${json}`;
}

/** The JSON text with everything marked by `raw` inserted verbatim. */
export function toText(value: unknown): string {
  return JSON.stringify(value).replaceAll(/"\\u0001raw:((?:[^"\\]|\\.)*)"/g, (_, json: string) =>
    JSON.parse(`"${json}"`),
  );
}

const numbers: readonly unknown[] = [
  0,
  1,
  -1,
  0.5,
  7,
  10,
  255,
  256,
  65_535,
  65_536,
  2 ** 31 - 1,
  2 ** 31,
  2 ** 32,
  1e15,
  2 ** 53 - 1,
  2 ** 53,
  1e308,
  5e-324,
  raw("-0"),
  raw("1e400"),
  raw("-1e400"),
  raw("1.0"),
  raw("1E2"),
  raw("9007199254740993"),
  raw("9223372036854775807"),
  raw("9223372036854775808"),
  raw(`1${"0".repeat(400)}`),
  "1",
  "NaN",
  "Infinity",
  "",
  null,
  true,
  [],
  {},
  [1],
];

const texts: readonly unknown[] = [
  "",
  " ",
  "a",
  " a",
  "a ",
  ".",
  "..",
  "...",
  "a/b",
  "../a",
  "a\\b",
  "%2e",
  "%00",
  "a%b",
  "a?b#c",
  "null",
  "undefined",
  "__proto__",
  "constructor",
  "toString",
  "a\u0000",
  "a\nb",
  "\u007f",
  "\u0085",
  "\u00a0a",
  "\u2028",
  "\ufeff",
  "\ufffe",
  "\uffff",
  "\ufdd0",
  "\ud83d\ude00",
  "\ud800",
  "\udc00x",
  "e\u0301",
  "\u00e9",
  "\u212b",
  "ﬁ",
  "İ",
  "ß",
  "a\u0301".repeat(128),
  "\u0344".repeat(100),
  "x".repeat(255),
  "x".repeat(256),
  "😀".repeat(255),
  "😀".repeat(256),
  "x".repeat(5_000),
  "'; DROP TABLE report; --",
  "$1",
  "{}",
  "<script>alert(1)</script>",
  "\u202eabc",
  "0",
  "1e3",
  "true",
  "COPY \\.",
  "\\x00",
  "{a,b}",
  "(1,2)",
  "NULL",
];

const instants: readonly unknown[] = [
  "1970-01-01T00:00:00Z",
  "1969-12-31T23:59:59Z",
  "0001-01-01T00:00:00Z",
  "0000-01-01T00:00:00Z",
  "9999-12-31T23:59:59Z",
  "+010000-01-01T00:00:00Z",
  "2026-02-30T00:00:00Z",
  "2026-11-10T24:00:00Z",
  "2026-11-10T23:59:60Z",
  "2026-11-10t01:02:03z",
  "2026-11-10T01:02:03",
  "2026-11-10 01:02:03Z",
  "2026-11-10T01:02:03.123456789Z",
  "2026-11-10T01:02:03+14:00",
  "2026-11-10T01:02:03-23:59",
  "2026-11-10T01:02:03+24:00",
  "2026-11-10",
  "now",
  "infinity",
  "-infinity",
  "epoch",
  1_762_736_523,
  0,
  null,
  "",
  {},
  [],
];

const hours: readonly unknown[] = [
  "2026-11-10T01",
  "2026-11-10T01Z",
  "2026-11-10T01:00Z",
  "2026-11-10T01:00:00Z",
  "2026-11-10T01:30",
  "2026-11-10T24",
  "2026-11-10T1",
  "2026-11-10",
  "1970-01-01T00",
  "1969-12-31T23",
  "0001-01-01T00",
  "9999-12-31T23",
  "2026-02-30T00",
  "2024-01-01T00",
  "2026-12-09T00",
  "2027-06-01T00",
  "२०२६-११-१०T०१",
  " 2026-11-10T01",
  "2026-11-10T01\n",
  1,
  null,
  "",
  [],
];

const wholes: readonly unknown[] = [
  null,
  undefined,
  true,
  0,
  "",
  "x",
  [],
  {},
  [[]],
  [null],
  raw("[".repeat(2_000) + "]".repeat(2_000)),
];

/** An invalid or barely valid value. `key` is the member's name. */
export function hostileValue(chance: Chance, key: string): unknown {
  if (chance.is(0.15)) return chance.of(wholes);
  if (/time|At$|watermark/i.test(key) && chance.is(0.8)) return chance.of(instants);
  if (/hour/i.test(key) && chance.is(0.8)) return chance.of(hours);
  if (/^(events|bytes|malformed|epoch|messages|oldestAgeSeconds)$/.test(key) && chance.is(0.8))
    return chance.of(numbers);
  return chance.of(chance.is(0.7) ? texts : chance.of([numbers, instants, hours]));
}

export function hostileText(chance: Chance): string {
  const text = chance.of(texts);
  return typeof text === "string" ? text : "";
}
