import { BadRegex } from "./bad-regex.ts";
import { type CharTest, negatedIf, perlTest, unicodeTest } from "./char-class.ts";
import type { Reader } from "./reader.ts";

const controls: Readonly<Record<string, number>> = { a: 7, f: 12, n: 10, r: 13, t: 9, v: 11 };

/** What follows a backslash and means a set of characters: `\d`, `\pL`, `\P{Greek}`; null for anything else. */
export function readEscapedSet(reader: Reader, ignoreCase: boolean): CharTest | null {
  const property = reader.match(/^([pP])(?:\{([^}]*)\}|([A-Za-z]))/);
  if (property) {
    const [, letter, braced, single = ""] = property;
    return negatedIf(letter === "P", unicodeTest(braced ?? single, ignoreCase));
  }
  const test = perlTest(reader.next, ignoreCase);
  if (test) reader.take();
  return test;
}

/** What follows a backslash and means one character, as its code point. */
export function readEscapedChar(reader: Reader): number {
  const hex = reader.match(/^x(?:\{([0-9A-Fa-f]{1,6})\}|([0-9A-Fa-f]{2}))/);
  if (hex) return codePoint(Number.parseInt(hex[1] ?? hex[2] ?? "", 16));
  const octal = reader.match(/^(?:0[0-7]{0,2}|[1-7][0-7]{1,2})/);
  if (octal) return codePoint(Number.parseInt(octal[0], 8));
  const char = reader.take();
  if (/[1-9]/.test(char)) throw new BadRegex(`\\${char} refers back to a group, which RE2 has not`);
  const control = controls[char];
  if (control !== undefined) return control;
  // Any punctuation may be escaped; an unassigned letter is refused, as it may get a meaning one day.
  const point = char.codePointAt(0) ?? 0;
  if (point < 0x80 && !/[0-9A-Za-z]/.test(char)) return point;
  throw new BadRegex(`\\${char} is no escape of RE2's`);
}

function codePoint(found: number): number {
  if (found > 0x10ffff) throw new BadRegex("there is no character beyond \\x{10FFFF}");
  return found;
}
