import { BadRegex } from "./bad-regex.ts";
import { type CharTest, charTest, negatedIf, posixTest, rangeSource } from "./char-class.ts";
import { readEscapedChar, readEscapedSet } from "./read-escape.ts";
import type { Reader } from "./reader.ts";

/** `[a-z\d[:alpha:]]`, its opening bracket already consumed. */
export function readClass(reader: Reader, ignoreCase: boolean): CharTest {
  const negated = reader.skip("^");
  const tests: CharTest[] = [];
  let ranges = "";
  // A closing bracket in first position is literal.
  for (let first = true; first || !reader.sees("]"); first = false) {
    if (reader.done) throw new BadRegex("a [ has no ]");
    const test = readSet(reader, ignoreCase);
    if (test) tests.push(test);
    else ranges += readRange(reader);
  }
  reader.take();
  if (ranges !== "") tests.push(charTest(ranges, ignoreCase));
  return negatedIf(negated, (char) => tests.some((test) => test(char)));
}

function readSet(reader: Reader, ignoreCase: boolean): CharTest | null {
  const named = reader.match(/^\[:(\^?[a-zA-Z]*):\]/);
  if (named) return posixTest(named[1] ?? "", ignoreCase);
  // Peeked before it is consumed: anything but a set is read as a character.
  return reader.match(/^\\(?=[pPdDsSwW])/) ? readEscapedSet(reader, ignoreCase) : null;
}

function readRange(reader: Reader): string {
  const first = readChar(reader);
  if (!reader.sees("-") || reader.sees("-]")) return rangeSource(first, first);
  reader.take();
  const last = readChar(reader);
  if (last < first) throw new BadRegex("a range in [ ] goes backwards");
  return rangeSource(first, last);
}

function readChar(reader: Reader): number {
  const char = reader.take();
  return char === "\\" ? readEscapedChar(reader) : (char.codePointAt(0) ?? 0);
}
