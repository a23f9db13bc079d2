import { z } from "zod";
import { sayFound } from "../fault.ts";
import type { Matcher } from "./matcher.ts";
import { BadMatcher, parseMatchers, readMatcherObject } from "./parse-matchers.ts";

/** A list of matchers: strings as Alertmanager writes them, or objects {name, value, isRegex?, isEqual?}. */
export const matchersSpec = z
  .array(z.unknown(), `must be a list of matchers like 'severity="page"'`)
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
