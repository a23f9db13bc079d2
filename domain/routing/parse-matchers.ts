import { isObject } from "../protocol/values.ts";
import { BadRegex } from "./compile-regex.ts";
import { type Matcher, makeMatcher } from "./matcher.ts";
import { BadMatcher, type MatcherOp, type MatcherText, readMatchers } from "./matcher-text.ts";

/** More than any label's value, and short enough to show. */
const maxValue = 4_096;
/** Parses matchers as Alertmanager writes them. Throws BadMatcher. */
export function parseMatchers(text: string): Matcher[] {
  return readMatchers(text).map(build);
}

/** One matcher as an object: `{name, value, isRegex?, isEqual?}`, as in Alertmanager's API. */
export function readMatcherObject(found: unknown): Matcher {
  const known = ["name", "value", "isRegex", "isEqual"];
  if (!isObject(found)) throw new BadMatcher('must be a string like severity="page", or an object {name, value}');
  const stray = Object.keys(found).find((key) => !known.includes(key));
  if (stray !== undefined) throw new BadMatcher(`must have only the fields ${known.join(", ")}; found ${stray}`);
  const { name, value, isRegex = false, isEqual = true } = found;
  if (typeof name !== "string" || name === "") throw new BadMatcher("must have a name: the label's name");
  if (typeof value !== "string") throw new BadMatcher("must have a value that is a string");
  if (typeof isRegex !== "boolean" || typeof isEqual !== "boolean") {
    throw new BadMatcher("must have isRegex and isEqual as true or false, or leave them out");
  }
  const op: MatcherOp = isRegex ? (isEqual ? "=~" : "!~") : isEqual ? "=" : "!=";
  return build({ name, op, value });
}

function build({ name, op, value }: MatcherText): Matcher {
  if (value.length > maxValue || name.length > 255) throw new BadMatcher("must be shorter");
  if (!name.isWellFormed() || !value.isWellFormed() || /\0/.test(name + value) || name === "") {
    throw new BadMatcher("must name a label, without U+0000 or lone surrogates");
  }
  try {
    return makeMatcher(name, op, value);
  } catch (error) {
    if (error instanceof BadRegex) throw new BadMatcher(`must be a valid RE2 expression: ${error.message}`);
    throw error;
  }
}
