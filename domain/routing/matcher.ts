import { compileRegex } from "./compile-regex.ts";
import type { MatcherOp, MatcherText } from "./matcher-text.ts";

/** A missing label equals an empty one. */
export type Labels = Readonly<Record<string, string>>;

/** One condition on one label. */
export interface Matcher extends MatcherText {
  /** Tests a label's value, "" if the label is missing. */
  readonly accepts: (value: string) => boolean;
}

/** Throws BadRegex for an expression that RE2 would refuse. Expressions are anchored at both ends. */
export function makeMatcher(name: string, op: MatcherOp, value: string): Matcher {
  return { name, op, value, accepts: conditionOf(op, value) };
}

/** Normalised to NFC, as names are stored: equal-looking texts are equal, however they were typed. */
function conditionOf(op: MatcherOp, value: string): (found: string) => boolean {
  const wanted = value.normalize("NFC");
  const matches = op === "=" || op === "!=" ? (found: string) => found === wanted : compileRegex(wanted);
  const accepts = (found: string) => matches(found.normalize("NFC"));
  return op === "=" || op === "=~" ? accepts : (found) => !accepts(found);
}

/** All of them hold; an empty list matches everything. */
export function matchesAll(matchers: readonly Matcher[], labels: Labels): boolean {
  return matchers.every((matcher) => matcher.accepts(labelOf(labels, matcher.name)));
}

export function labelOf(labels: Labels, name: string): string {
  return (Object.hasOwn(labels, name) && labels[name]) || "";
}
