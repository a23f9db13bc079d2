import type { Context as HonoContext } from "hono";
import type { Precondition } from "#server/catalogue/index.ts";
import type { ApiEnv } from "./api-deps.ts";

/** RFC 9110, 13.1: `If-Match: "tag"`, the `etag` of what was read; `If-None-Match: *`: there is none yet. */
export function readPrecondition(c: HonoContext<ApiEnv>): Precondition {
  const ifMatch = c.req.header("if-match")?.trim() ?? null;
  return {
    ifMatch: ifMatch === null || ifMatch === "*" ? null : ifMatch.replace(/^"(.*)"$/, "$1"),
    ifNew: c.req.header("if-none-match")?.trim() === "*",
  };
}
