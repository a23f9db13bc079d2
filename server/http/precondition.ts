import { z } from "@hono/zod-openapi";
import type { Context as HonoContext } from "hono";
import type { Precondition } from "#server/precondition.ts";
import type { ApiEnv } from "./api-deps.ts";

/** Of a call that changes or deletes one thing that a GET answers. */
export const ifMatchHeaders = z.object({
  "if-match": z.string().optional().meta({
    description: "The `ETag` header of what you read, or its `etag` in quotes: 412 if it was changed since.",
    example: '"qJ9hP2mXyT0cRk4LwZb8Ng"',
  }),
});
/** Of a call that also creates it. */
export const preconditionHeaders = ifMatchHeaders.extend({
  "if-none-match": z.string().optional().meta({ description: "`*`: create it, and 412 if the name is taken." }),
});

/**
 * RFC 9110, 13.1: `If-Match` lists what may be stored, by the `ETag` header of its GET or its `etag`; `*` is anything stored.
 * `If-None-Match: *`: there is none yet.
 */
export function readPrecondition(c: HonoContext<ApiEnv>): Precondition {
  const ifMatch = c.req.header("if-match")?.trim() ?? null;
  return {
    ifMatch: ifMatch?.split(",").map((tag) => tag.trim().replace(/^"([^".]*)(\.[^"]*)?"$/, "$1")) ?? null,
    ifNew: c.req.header("if-none-match")?.trim() === "*",
  };
}
