import { isObject } from "../protocol/values.ts";
import { BadRegex } from "./compile-regex.ts";
import { type Matcher, type MatcherOp, makeMatcher } from "./matcher.ts";

/** Says what is wrong with a matcher's text. */
export class BadMatcher extends Error {}

/** More than any label's value, and short enough to show. */
const maxValue = 4_096;
const maxText = 20_000;

// Two-character operators first: `=~` must not leave its `~` to the value.
const shape = /^\s*(?:([a-zA-Z_:][a-zA-Z0-9_:]*)|("(?:[^"\\]|\\.)*"))\s*(=~|!~|!=|=)\s*(.*?)\s*$/s;

/**
 * Parses matchers as Alertmanager writes them: `severity="page"`, `dc=~"a|b"`, several separated by commas, optionally in
 * braces. A name with other characters is quoted. Throws BadMatcher.
 */
export function parseMatchers(text: string): Matcher[] {
  if (text.length > maxText) throw new BadMatcher(`must be at most ${maxText} characters`);
  const inner = text.replace(/^\{/, "").replace(/\}$/, "");
  return splitOutsideQuotes(inner).map(parseMatcher);
}

/** One matcher as an object: `{name, value, isRegex?, isEqual?}`, as in Alertmanager's API. */
export function readMatcherObject(found: unknown): Matcher {
  const known = ["name", "value", "isRegex", "isEqual"];
  if (!isObject(found)) throw new BadMatcher('must be a text like severity="page", or an object {name, value}');
  const stray = Object.keys(found).find((key) => !known.includes(key));
  if (stray !== undefined) throw new BadMatcher(`must hold ${known.join(", ")} alone; found ${stray}`);
  const { name, value, isRegex = false, isEqual = true } = found;
  if (typeof name !== "string" || name === "") throw new BadMatcher("must have a name, the label's");
  if (typeof value !== "string") throw new BadMatcher("must have a value that is a text");
  if (typeof isRegex !== "boolean" || typeof isEqual !== "boolean") {
    throw new BadMatcher("must have true or false as isRegex and isEqual, or leave them out");
  }
  const op: MatcherOp = isRegex ? (isEqual ? "=~" : "!~") : isEqual ? "=" : "!=";
  return build(name, op, value);
}

function parseMatcher(text: string): Matcher {
  const match = shape.exec(text);
  if (!match) throw new BadMatcher(`must be a label, one of = != =~ !~, and a value, like severity="page"`);
  const [, plain, quoted, op, value = ""] = match;
  return build(plain ?? unquote(quoted ?? ""), op as MatcherOp, unquote(value));
}

function build(name: string, op: MatcherOp, value: string): Matcher {
  if (value.length > maxValue || name.length > 255) throw new BadMatcher("must be shorter");
  if (!name.isWellFormed() || !value.isWellFormed() || /\0/.test(name + value) || name === "") {
    throw new BadMatcher("must be a text without U+0000 and halves of surrogate pairs, and name a label");
  }
  try {
    return makeMatcher(name, op, value);
  } catch (error) {
    if (error instanceof BadRegex) throw new BadMatcher(`must hold an expression of RE2: ${error.message}`);
    throw error;
  }
}

/** Without its quotes; `\"`, `\\` and `\n` are unescaped, any other backslash is literal. */
function unquote(text: string): string {
  const quoted = text.startsWith('"');
  const body = quoted ? text.slice(1) : text;
  let value = "";
  for (let at = 0; at < body.length; at += 1) {
    const char = body.charAt(at);
    if (char === '"') {
      if (quoted && at === body.length - 1) return value;
      throw new BadMatcher('must have quotes around the whole value, and \\" for one within it');
    }
    const next = char === "\\" ? escapes[body.charAt(at + 1)] : undefined;
    value += next ?? char;
    if (next !== undefined) at += 1;
  }
  if (quoted) throw new BadMatcher("must have a quote at the value's end as at its beginning");
  return value;
}

const escapes: Readonly<Record<string, string>> = { n: "\n", '"': '"', "\\": "\\" };

/** At commas; a trailing empty piece is dropped. */
function splitOutsideQuotes(text: string): string[] {
  const pieces: string[] = [];
  let piece = "";
  let inQuotes = false;
  for (let at = 0; at < text.length; at += 1) {
    const char = text.charAt(at);
    if (char === "," && !inQuotes) {
      pieces.push(piece);
      piece = "";
      continue;
    }
    if (char === '"') inQuotes = !inQuotes;
    piece += char;
    // An escaped quote does not end the string.
    if (char === "\\" && /["\\]/.test(text.charAt(at + 1))) {
      at += 1;
      piece += text.charAt(at);
    }
  }
  if (piece.trim() !== "") pieces.push(piece);
  return pieces;
}
