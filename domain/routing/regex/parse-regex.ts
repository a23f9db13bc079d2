import { BadRegex } from "./bad-regex.ts";
import { literalTest, negatedIf } from "./char-class.ts";
import { readClass } from "./read-class.ts";
import { readEscapedChar, readEscapedSet } from "./read-escape.ts";
import { Reader } from "./reader.ts";
import type { Node, Place } from "./syntax.ts";

interface Flags {
  readonly i: boolean;
  readonly m: boolean;
  readonly s: boolean;
}

const maxDepth = 200;
const maxRepeat = 1_000;
const places: Readonly<Record<string, Place>> = { A: "text-start", z: "text-end", b: "word-edge", B: "no-word-edge" };
const isNewline = (char: string) => char === "\n";

/** Parses RE2 syntax (github.com/google/re2/wiki/Syntax). Throws BadRegex for what RE2 refuses. */
export function parseRegex(text: string): Node {
  const parser = new Parser(text);
  return parser.parse();
}

class Parser {
  readonly #reader: Reader;
  readonly #names = new Set<string>();
  #flags: Flags = { i: false, m: false, s: false };
  #depth = 0;

  constructor(text: string) {
    this.#reader = new Reader(text);
  }

  parse(): Node {
    const node = this.#alternatives();
    if (!this.#reader.done) throw new BadRegex("a ) has no (");
    return node;
  }

  #alternatives(): Node {
    const parts = [this.#sequence()];
    while (this.#reader.skip("|")) parts.push(this.#sequence());
    return parts.length === 1 && parts[0] ? parts[0] : { kind: "any", parts };
  }

  #sequence(): Node {
    const parts: Node[] = [];
    while (!this.#reader.done && !this.#reader.sees("|") && !this.#reader.sees(")")) {
      // Flags alone are not an item: nothing can repeat them.
      if (this.#readFlagsAlone()) continue;
      if (this.#reader.skip("\\Q")) parts.push(...this.#quoted());
      else parts.push(this.#repeated(this.#atom()));
    }
    return { kind: "all", parts };
  }

  #repeated(part: Node): Node {
    const times = this.#readTimes();
    if (!times) return part;
    this.#reader.skip("?");
    if (this.#readTimes()) throw new BadRegex("a repetition is repeated: put the inner one in ( )");
    return { kind: "repeat", part, ...times };
  }

  #readTimes(): { least: number; most: number | null } | null {
    const reader = this.#reader;
    if (reader.skip("*")) return { least: 0, most: null };
    if (reader.skip("+")) return { least: 1, most: null };
    if (reader.skip("?")) return { least: 0, most: 1 };
    // A brace that is not a count is literal.
    const counted = reader.match(/^\{(\d{1,9})(?:(,)(\d{1,9})?)?\}/);
    if (!counted) return null;
    const least = Number(counted[1]);
    const most = counted[3] === undefined ? (counted[2] ? null : least) : Number(counted[3]);
    if (least > maxRepeat || (most ?? 0) > maxRepeat) throw new BadRegex(`{ } counts to ${maxRepeat} at most`);
    if (most !== null && most < least) throw new BadRegex("the numbers in { } go backwards");
    return { least, most };
  }

  #atom(): Node {
    const reader = this.#reader;
    const { i, m, s } = this.#flags;
    const char = reader.take();
    if (char === "(") return this.#group();
    if (char === "[") return { kind: "one", test: readClass(reader, i) };
    if (char === ".") return { kind: "one", test: s ? () => true : negatedIf(true, isNewline) };
    if (char === "^") return { kind: "at", place: m ? "line-start" : "text-start" };
    if (char === "$") return { kind: "at", place: m ? "line-end" : "text-end" };
    if (char === "*" || char === "+" || char === "?") throw new BadRegex(`there is nothing for ${char} to repeat`);
    if (char !== "\\") return { kind: "one", test: literalTest(char, i) };
    return this.#escape();
  }

  #escape(): Node {
    const reader = this.#reader;
    const place = places[reader.next];
    if (place) {
      reader.take();
      return { kind: "at", place };
    }
    const { i } = this.#flags;
    const test = readEscapedSet(reader, i);
    return { kind: "one", test: test ?? literalTest(String.fromCodePoint(readEscapedChar(reader)), i) };
  }

  /** `\Q…\E`: every character is literal; a repetition after it applies to the last one. */
  #quoted(): Node[] {
    const parts: Node[] = [];
    while (!this.#reader.done && !this.#reader.skip("\\E")) {
      parts.push({ kind: "one", test: literalTest(this.#reader.take(), this.#flags.i) });
    }
    const last = parts.pop();
    return last ? [...parts, this.#repeated(last)] : [];
  }

  #group(): Node {
    const before = this.#flags;
    if (this.#reader.skip("?")) this.#readGroupHead();
    this.#depth += 1;
    if (this.#depth > maxDepth) throw new BadRegex(`groups are nested deeper than ${maxDepth}`);
    const node = this.#alternatives();
    if (!this.#reader.skip(")")) throw new BadRegex("a ( has no )");
    this.#depth -= 1;
    this.#flags = before;
    return node;
  }

  #readGroupHead(): void {
    const reader = this.#reader;
    if (/^[=!]/.test(reader.next) || reader.sees("<=") || reader.sees("<!")) {
      throw new BadRegex("it looks ahead or behind, which RE2 has not");
    }
    const named = reader.match(/^P?<([A-Za-z0-9_]{1,50})>/);
    const name = named?.[1];
    if (name !== undefined) {
      if (this.#names.has(name)) throw new BadRegex(`two groups are named ${name}`);
      this.#names.add(name);
      return;
    }
    const flags = reader.match(/^([imsU]*)(?:-([imsU]+))?:/);
    if (!flags) throw new BadRegex("what follows (? is nothing that RE2 knows");
    this.#setFlags(flags);
  }

  /** `(?i)`, which holds until its group ends. */
  #readFlagsAlone(): boolean {
    const flags = this.#reader.match(/^\(\?([imsU]*)(?:-([imsU]+))?\)/);
    if (flags) this.#setFlags(flags);
    return flags !== null;
  }

  #setFlags([, on = "", off = ""]: RegExpExecArray): void {
    const read = (flag: keyof Flags) => (this.#flags[flag] || on.includes(flag)) && !off.includes(flag);
    this.#flags = { i: read("i"), m: read("m"), s: read("s") };
  }
}
