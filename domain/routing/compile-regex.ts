import { RE2JS, RE2JSException } from "re2js";

/** Names what RE2 lacks, or where the expression is invalid. */
export class BadRegex extends Error {}

/** More would make a match slow, though still linear in text × size. */
export const maxSize = 10_000;

/**
 * Tests whether an expression matches a whole text, anchored as in Prometheus and Alertmanager. It takes time linear in the text,
 * whatever the expression. Throws BadRegex.
 */
export function compileRegex(expression: string): (text: string) => boolean {
  const compiled = compileRe2(expression);
  return (text) => compiled.testExact(text);
}

/** Throws BadRegex for what RE2 does not take, and for what would make a match slow. */
export function compileRe2(expression: string): RE2JS {
  if (expression.length > 4_096) throw new BadRegex("it is longer than 4096 characters");
  if (unfoldedLength(expression) > 2 * maxSize) throw tooLarge();
  try {
    const compiled = RE2JS.compile(expression);
    if (compiled.programSize() > maxSize) throw tooLarge();
    return compiled;
  } catch (error) {
    if (error instanceof RE2JSException) throw new BadRegex(error.message.replace(/^error parsing regexp: /, ""));
    throw error;
  }
}

/** An upper bound, known before the repetitions are unfolded, which alone can take seconds. */
export function unfoldedLength(expression: string): number {
  let [characters, ofGroups] = [expression.length, 1];
  for (const [, group, least, most] of expression.matchAll(/(\)?)\{(\d+)(?:,(\d*))?\}/g)) {
    const count = Math.max(1, Number(least), Number(most ?? 0));
    if (group) ofGroups *= count;
    else characters += count;
  }
  // RE2 refuses nested repetitions that multiply to more than 1,000.
  return characters * Math.min(ofGroups, 1_000);
}

const tooLarge = () => new BadRegex("it is too large: its repetitions unfold into too many steps");
