import { z } from "zod";
import { sayFound } from "../fault.ts";
import { maxSize, unfoldedLength } from "./compile-regex.ts";
import type { Matcher } from "./matcher.ts";
import { BadMatcher } from "./matcher-text.ts";
import { parseMatchers, readMatcherObject } from "./parse-matchers.ts";

/** A matcher as written: a string, as Alertmanager has it, or an object. */
export type WrittenMatcher =
  | string
  | { name: string; value: string; isRegex?: boolean | undefined; isEqual?: boolean | undefined };

const written = z.unknown().meta({
  id: "Matcher",
  description: "Regular expressions are RE2's, anchored at both ends.",
  anyOf: [
    { type: "string", examples: ['severity="page"', 'dc=~"ams|lon"'] },
    {
      type: "object",
      required: ["name", "value"],
      properties: {
        name: { type: "string" },
        value: { type: "string" },
        isRegex: { type: "boolean" },
        isEqual: { type: "boolean" },
      },
    },
  ],
}) as z.ZodType<unknown, WrittenMatcher>;

/** A list of matchers, all of which must hold. */
export const matchersSpec = z.array(written, `must be a list of matchers like 'severity="page"'`).transform(readEach);

/** More conditions than there are labels. */
const maxMatchers = 64;
/** The most that the expressions of one list unfold into. */
const maxUnfolded = 2 * maxSize;

/** The same from whoever may silence: bounded before the first expression is compiled. */
export const boundedMatchersSpec = z
  .array(written, `must be a list of matchers like 'severity="page"'`)
  .max(maxMatchers, { error: `must be at most ${maxMatchers} matchers`, abort: true })
  .refine((list) => list.reduce<number>((sum, found) => sum + unfoldedLength(textOfMatcher(found)), 0) <= maxUnfolded, {
    error: "must be shorter: together the expressions unfold into too many steps",
    abort: true,
  })
  .transform(readEach);

function readEach(list: unknown[], context: z.RefinementCtx): Matcher[] {
  return list.flatMap((found, index) => {
    try {
      return typeof found === "string" ? parseMatchers(found) : [readMatcherObject(found)];
    } catch (error) {
      if (!(error instanceof BadMatcher)) throw error;
      context.addIssue({ code: "custom", path: [index], message: `${error.message}; found ${sayFound(found)}` });
      return [];
    }
  });
}

/** The part of a matcher, as written, that holds its expression. */
export function textOfMatcher(found: unknown): string {
  return typeof found === "string" ? found : String((found as { value?: unknown } | null)?.value ?? "");
}
