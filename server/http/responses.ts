import { z } from "@hono/zod-openapi";
import { problemSchema } from "#domain/api/problem.ts";
import type { Scope } from "#server/access/index.ts";

const problemSentences = {
  400: "The input cannot be used; `errors` lists each fault.",
  404: "What the path names does not exist.",
  409: "The request conflicts with the current state.",
  412: "It was changed since it was read: `If-Match` names another state than the stored one.",
  413: "The body is too large.",
  429: "The request names more new names than an hour allows, or there were too many; `Retry-After` says when to send it again.",
  415: "The body's content type is not one that this call reads.",
} as const;

const problemContent = { "application/problem+json": { schema: problemSchema } };

/** The scopes of which a route's use case requires one. Read routes also accept dashboard sessions. */
export function needs(...scopes: Scope[]) {
  const bearers = scopes.map((scope) => ({ bearer: [scope] }));
  return { security: scopes.includes("read") ? [...bearers, { session: [] }] : bearers };
}

/** For routes without tokens: what their callers bring instead. */
export function authenticatedBy(scheme: "hook" | "pagerduty" | "session" | "slack") {
  return { security: [{ [scheme]: [] }] };
}

export const noCredentials = { security: [] };

/** Like `needs("read")`, and without credentials if every visitor may read the dashboard. */
export const opensToVisitors = { security: [...needs("read").security, {}] };

/** Problems a route can answer: those given, plus those of every call. Spread into `responses`. */
export function problems(...statuses: (keyof typeof problemSentences)[]) {
  const own = statuses.map((status) => [status, { description: problemSentences[status], content: problemContent }]);
  return {
    429: { description: "Too many requests; `Retry-After` says when to try again.", content: problemContent },
    // Thrown, never returned, so a handler's type leaves them out.
    ...(Object.fromEntries(own) as Record<never, never>),
    401: { description: "No token, or one that is unknown, expired or revoked.", content: problemContent },
    403: { description: "The token lacks the scope that this call needs.", content: problemContent },
    503: {
      description:
        "The database is unreachable, too slow or read-only at the moment; `Retry-After` says when to retry.",
      content: problemContent,
    },
  };
}

/** The gate's answer to a job that must ask again. */
export function notReady<Schema extends z.ZodType>(schema: Schema, description: string) {
  const retryAfter = {
    description: "How many seconds to wait before asking again.",
    schema: { type: "integer" as const },
  };
  return { description, headers: { "Retry-After": retryAfter }, content: { "application/problem+json": { schema } } };
}

/** A named schema for the description only: the use case checks the body itself, with the pointers of its own faults. */
export function reference(schema: z.ZodType) {
  return { $ref: `#/components/schemas/${schema.meta()?.id}` };
}

/** The same as a member of a body that is checked. */
export function uncheckedSpec(schema: z.ZodType) {
  return z
    .unknown()
    .refine((value) => value !== undefined, "The spec is missing.")
    .meta(reference(schema));
}

export function json<Schema extends z.ZodType>(schema: Schema, description: string) {
  return { description, content: { "application/json": { schema } } };
}

export function jsonBody<Schema extends z.ZodType>(schema: Schema) {
  return { body: { required: true, content: { "application/json": { schema } } } };
}
