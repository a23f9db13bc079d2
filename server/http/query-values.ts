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

/** A query parameter that is `true` or `false`. */
export function flag(description: string) {
  return z.enum(["true", "false"]).optional().meta({ description });
}

/** A flag's value where leaving it out is a third choice. */
export function readFlag(flag: "true" | "false" | undefined): boolean | undefined {
  return flag === undefined ? undefined : flag === "true";
}

/** The ends of a range of instants, each of which may be left out. */
export function readRange({ from, to }: { from?: string | undefined; to?: string | undefined }) {
  return {
    from: from === undefined ? undefined : new Date(from),
    to: to === undefined ? undefined : new Date(to),
  };
}
