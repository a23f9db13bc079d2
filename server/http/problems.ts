import { z } from "@hono/zod-openapi";
import type { Context as HonoContext } from "hono";
import { HTTPException } from "hono/http-exception";
import type { ContentfulStatusCode } from "hono/utils/http-status";
import { AccessDenied } from "#server/access/errors.ts";
import {
  Conflict,
  type Fault,
  Invalid,
  NotFound,
  PayloadTooLarge,
  Unauthenticated,
  UnsupportedMediaType,
} from "#server/errors.ts";
import type { ApiEnv, ApiLog } from "./api-deps.ts";
import { isDatabaseUnreachable } from "./database-unreachable.ts";

/** RFC 9457. `errors` lists each fault of a 400. */
export const problemSchema = z
  .object({
    type: z.string().meta({ description: "A reference to what this kind of problem is." }),
    title: z.string(),
    status: z.number().int(),
    detail: z.string().meta({ description: "What happened and what to do next." }),
    errors: z
      .array(
        z.object({
          pointer: z.string().optional().meta({ description: "JSON pointer (RFC 6901) into the body." }),
          parameter: z.string().optional().meta({ description: "A path, query or header parameter's name." }),
          detail: z.string(),
        }),
      )
      .optional(),
    requestId: z.string(),
  })
  .meta({ id: "Problem" });

interface Problem {
  status: ContentfulStatusCode;
  kind: string;
  title: string;
  detail: string;
  errors?: readonly Fault[];
  headers?: Record<string, string>;
}

/** The one place where a failure becomes an answer. What is not known here is a 500 that tells nothing of the inside. */
export function answerProblem(error: unknown, c: HonoContext<ApiEnv>, log: ApiLog): Response {
  const problem = problemOf(error);
  if (problem.status >= 500) {
    const fields = { requestId: c.var.requestId, method: c.req.method, path: c.req.path, err: error };
    if (problem.status === 500) log.error(fields, "a request failed in a way nobody foresaw");
    else log.warn(fields, "a request found no database");
  }
  const body = {
    type: `/api/docs#problem-${problem.kind}`,
    title: problem.title,
    status: problem.status,
    detail: problem.status === 500 ? `${problem.detail} ${c.var.requestId}.` : problem.detail,
    ...(problem.errors && problem.errors.length > 0 ? { errors: problem.errors } : {}),
    requestId: c.var.requestId,
  };
  return c.body(JSON.stringify(body), problem.status, {
    "content-type": "application/problem+json",
    "cache-control": "no-store",
    ...problem.headers,
  });
}

function problemOf(error: unknown): Problem {
  if (error instanceof Invalid) {
    return { status: 400, kind: "invalid", title: "Invalid input", detail: error.message, errors: error.faults };
  }
  if (error instanceof Unauthenticated) {
    // RFC 6750: no error code when no credentials were sent.
    const challenge = `Bearer realm="tidemark"${error.tokenWasGiven ? ', error="invalid_token"' : ""}`;
    const headers = { "www-authenticate": challenge };
    return { status: 401, kind: "unauthenticated", title: "Not signed in", detail: error.message, headers };
  }
  if (error instanceof AccessDenied) {
    const headers = {
      "www-authenticate": `Bearer realm="tidemark", error="insufficient_scope", scope="${error.scope}"`,
    };
    return { status: 403, kind: "forbidden", title: "Not allowed", detail: error.message, headers };
  }
  if (error instanceof NotFound) return { status: 404, kind: "not-found", title: "Not found", detail: error.message };
  if (error instanceof Conflict) return { status: 409, kind: "conflict", title: "Conflict", detail: error.message };
  if (error instanceof PayloadTooLarge) {
    return { status: 413, kind: "too-large", title: "Too large", detail: error.message };
  }
  if (error instanceof UnsupportedMediaType) {
    return { status: 415, kind: "media-type", title: "Unsupported media type", detail: error.message };
  }
  if (error instanceof HTTPException) return problemOfHono(error);
  if (isDatabaseUnreachable(error)) {
    const detail = "The database cannot be reached just now. Nothing was changed; ask again in a few seconds.";
    return { status: 503, kind: "unavailable", title: "Database unreachable", detail, headers: { "retry-after": "5" } };
  }
  const detail = "Tidemark failed to answer. Its log has the cause under the request id";
  return { status: 500, kind: "internal", title: "Internal failure", detail };
}

/** Hono's own refusals: a body that is no JSON, a content type that no schema is declared for. */
function problemOfHono(error: HTTPException): Problem {
  if (error.status === 415) {
    const detail = "The body's content type is not one that this call reads. Send application/json.";
    return { status: 415, kind: "media-type", title: "Unsupported media type", detail };
  }
  const detail = "The body is not JSON. Send valid JSON with the content type application/json.";
  return { status: 400, kind: "invalid", title: "Invalid input", detail, errors: [{ pointer: "", detail }] };
}
