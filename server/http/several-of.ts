import { z } from "@hono/zod-openapi";

/** A query parameter that lists some of a few words: `firing,pending`. */
export function severalOf<const Word extends string>(words: readonly [Word, ...Word[]]) {
  const pattern = `^(${words.join("|")})(,(${words.join("|")}))*$`;
  return z
    .string()
    .regex(new RegExp(pattern), `Name one or several of ${words.join(", ")}, separated by commas.`)
    .transform((text) => text.split(",") as Word[])
    .optional()
    .openapi({ type: "string", pattern, example: words[0] });
}
