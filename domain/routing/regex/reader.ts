import { BadRegex } from "./bad-regex.ts";

/** An expression's code points, read from left to right. */
export class Reader {
  readonly #chars: readonly string[];
  #at = 0;

  constructor(text: string) {
    this.#chars = [...text];
  }

  get done(): boolean {
    return this.#at >= this.#chars.length;
  }

  /** The next code point, "" at the end. */
  get next(): string {
    return this.#chars[this.#at] ?? "";
  }

  /** The unread rest starts with the text. */
  sees(text: string): boolean {
    return [...text].every((char, offset) => this.#chars[this.#at + offset] === char);
  }

  take(): string {
    const char = this.next;
    if (char === "") throw new BadRegex("it ends too early");
    this.#at += 1;
    return char;
  }

  /** Consumes the text if it comes next. */
  skip(text: string): boolean {
    if (!this.sees(text)) return false;
    this.#at += [...text].length;
    return true;
  }

  /** What the pattern matches here, at most 60 code points of it; consumes nothing without a match. */
  match(pattern: RegExp): RegExpExecArray | null {
    const found = pattern.exec(this.#chars.slice(this.#at, this.#at + 60).join(""));
    if (found?.index !== 0) return null;
    this.#at += [...found[0]].length;
    return found;
  }
}
