import { compileRegex } from "./regex/compile-regex.ts";

/** A label that is missing is the same as one that is empty. */
export type Labels = Readonly<Record<string, string>>;

export const matcherOps = ["=", "!=", "=~", "!~"] as const;
export type MatcherOp = (typeof matcherOps)[number];

/** One condition on one label. */
export interface Matcher {
  readonly name: string;
  readonly op: MatcherOp;
  readonly value: string;
  /** Of a label's value, "" where the label is missing. */
  readonly accepts: (value: string) => boolean;
}

/** Throws BadRegex for an expression that RE2 would refuse. Expressions are anchored at both ends. */
export function makeMatcher(name: string, op: MatcherOp, value: string): Matcher {
  return { name, op, value, accepts: conditionOf(op, value) };
}

/** In Unicode's NFC, as names are kept: what looks the same is the same, however it was typed. */
function conditionOf(op: MatcherOp, value: string): (found: string) => boolean {
  const wanted = value.normalize("NFC");
  const matches = op === "=" || op === "!=" ? (found: string) => found === wanted : compileRegex(wanted);
  const accepts = (found: string) => matches(found.normalize("NFC"));
  return op === "=" || op === "=~" ? accepts : (found) => !accepts(found);
}

/** All of them hold; without any, everything does. */
export function matchesAll(matchers: readonly Matcher[], labels: Labels): boolean {
  return matchers.every((matcher) => matcher.accepts(labelOf(labels, matcher.name)));
}

export function labelOf(labels: Labels, name: string): string {
  return (Object.hasOwn(labels, name) && labels[name]) || "";
}

/** The one way to write it: `dc=~"a|b"`. */
export function formatMatcher({ name, op, value }: Pick<Matcher, "name" | "op" | "value">): string {
  return `${isPlainName(name) ? name : quote(name)}${op}${quote(value)}`;
}

/** A name that needs no quotes. */
export function isPlainName(name: string): boolean {
  return /^[a-zA-Z_:][a-zA-Z0-9_:]*$/.test(name);
}

export function quote(text: string): string {
  return `"${text.replace(/[\\"]/g, "\\$&").replaceAll("\n", "\\n")}"`;
}
