import { z } from "zod";
import { sayFound } from "../fault.ts";
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
export const matchersSpec = z
  .array(written, `must be a list of matchers like 'severity="page"'`)
  .transform((list, context) =>
    list.flatMap((found, index): Matcher[] => {
      try {
        return typeof found === "string" ? parseMatchers(found) : [readMatcherObject(found)];
      } catch (error) {
        if (!(error instanceof BadMatcher)) throw error;
        context.addIssue({ code: "custom", path: [index], message: `${error.message}; found ${sayFound(found)}` });
        return [];
      }
    }),
  );
