import { z } from "zod";
import * as read from "../catalogue/read-fields.ts";
import { sayFound } from "../fault.ts";
import { BadRegex, compileRe2 } from "../routing/compile-regex.ts";

/** Values of a pattern's named groups; "" for a group that took no part in the match. */
export type Groups = Readonly<Record<string, string>>;

/** A regular expression (RE2) over the whole id of a resource. */
export interface Pattern {
  readonly groups: readonly string[];
  /** null: the id does not match. */
  match(id: string): Groups | null;
}

/** A member that holds a pattern: the message of a wrong one says what RE2 refuses. */
export const pattern: z.ZodType<Pattern, string> = z
  .unknown()
  .transform((found, context): Pattern => {
    const refuse = (message: string) => {
      context.addIssue({ code: "custom", message });
      return z.NEVER;
    };
    const must = "must be a regular expression (RE2) for the whole id, like (?<type>[A-Za-z]+)-etl";
    if (found === undefined) return refuse(`${must}; it is missing`);
    if (typeof found !== "string" || found === "") return refuse(`${must}; found ${sayFound(found)}`);
    try {
      return compilePattern(found);
    } catch (error) {
      if (error instanceof BadRegex) return refuse(`${must}: ${error.message}; found ${sayFound(found)}`);
      throw error;
    }
  })
  .meta(read.text) as unknown as z.ZodType<Pattern, string>;

/** Throws BadRegex. */
export function compilePattern(expression: string): Pattern {
  const compiled = compileRe2(expression);
  const groups = Object.keys(compiled.namedGroups());
  return {
    groups,
    match(id) {
      const matcher = compiled.matcher(id);
      if (!matcher.matches()) return null;
      return Object.fromEntries(groups.map((name) => [name, matcher.group(name) ?? ""]));
    },
  };
}

const reference = /\$(?:\$|(\w+)|\{(\w+)\})/g;

/** `$name` and `${name}` become the group's value, `$$` a dollar sign. */
export function fillTemplate(template: string, groups: Groups): string {
  return template.replace(reference, (whole, plain?: string, braced?: string) =>
    whole === "$$" ? "$" : (groups[plain ?? braced ?? ""] ?? whole),
  );
}

/** Refuses a template that names a group which its pattern does not have: it would never be filled. */
export function refuseMissingGroups(
  context: z.RefinementCtx,
  path: PropertyKey[],
  template: unknown,
  { groups }: Pattern,
): void {
  if (typeof template !== "string") return;
  const named = [...template.matchAll(reference)].flatMap(([, plain, braced]) => plain ?? braced ?? []);
  const missing = [...new Set(named)].filter((name) => !groups.includes(name));
  if (missing.length === 0) return;
  const known = groups.map((name) => `$${name}`).join(", ") || "it has none";
  const message = `must name only groups of match (${known}); found $${missing.join(", $")}`;
  context.addIssue({ code: "custom", path, message });
}
