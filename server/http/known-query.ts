import { z } from "@hono/zod-openapi";
import type { MiddlewareHandler } from "hono";
import { Invalid } from "#server/errors.ts";
import type { ApiEnv } from "./api-deps.ts";

/**
 * Refuses unknown query parameters: silently ignoring a misspelt filter would answer another question than the
 * client's.
 */
export function requireKnownQuery(schema: z.ZodType | undefined): MiddlewareHandler<ApiEnv> {
  const known = schema === undefined ? [] : parametersOf(schema);
  return async (c, next) => {
    const unknown = Object.keys(c.req.queries()).filter((name) => !known.includes(name));
    if (unknown.length > 0) throw unknownParameters(unknown, known);
    await next();
  };
}

function unknownParameters(unknown: readonly string[], known: readonly string[]): Invalid {
  const names = unknown.map((name) => JSON.stringify(name)).join(", ");
  const noun = unknown.length === 1 ? "query parameter" : "query parameters";
  const choice = known.length === 0 ? "This call takes none." : `This call takes ${known.join(", ")}.`;
  const faults = unknown.map((parameter) => ({ parameter, detail: `is not a parameter of this call. ${choice}` }));
  return new Invalid(`Unknown ${noun} ${names}. ${choice}`, faults);
}

function parametersOf(schema: z.ZodType): string[] {
  if (schema instanceof z.ZodObject) return Object.keys(schema.shape);
  if (schema instanceof z.ZodPipe) return parametersOf(schema.in as z.ZodType);
  throw new Error("A route's query is described by an object, whose parameters can be listed.");
}
