import type { Context as HonoContext } from "hono";
import { HTTPException } from "hono/http-exception";
import { AccessDenied, AnotherTeams, OutsideLimits } from "#server/access/index.ts";
import { sqlStateOf } from "#server/db/database-errors.ts";
import { isDatabaseUnreachable } from "#server/db/database-unreachable.ts";
import { SecretUnreadable } from "#server/db/secret-box.ts";
import {
  ChangedMeanwhile,
  Conflict,
  type Fault,
  Invalid,
  NotFound,
  NotReady,
  PayloadTooLarge,
  Unauthenticated,
  UnsupportedMediaType,
} from "#server/errors.ts";
import { ClockDisagrees, TooManyNewNames } from "#server/facts/index.ts";
import type { ApiEnv, ApiLog } from "./api-deps.ts";
import { Overloaded } from "./byte-budget.ts";
import { type ProblemKind, problemKinds } from "./problem-kinds.ts";
import { BodyTooSlow, MethodNotAllowed, TooManyRequests } from "./refusals.ts";

interface Problem {
  kind: ProblemKind;
  detail: string;
  errors?: readonly Fault[];
  headers?: Record<string, string>;
  /** Extension members (RFC 9457). */
  members?: object;
}

/** More than anyone fixes at once; 10,000 bad events must not produce a million messages. */
const maxErrors = 1000;

/** The only place that turns errors into responses. An unknown error is a 500 without internal details. */
export function answerProblem(error: unknown, c: HonoContext<ApiEnv>, log: ApiLog): Response {
  const { requestId } = c.var;
  const problem = problemOf(error, requestId);
  const { status, title } = problemKinds[problem.kind];
  const fields = { requestId, method: c.req.method, path: c.req.path, err: error };
  if (status === 500) log.error(fields, "a request failed unexpectedly");
  if (status === 503) log.warn(fields, "a request could not be served now");
  const errors = problem.errors?.slice(0, maxErrors) ?? [];
  const body = {
    type: `/api/docs#problem-${problem.kind}`,
    title,
    status,
    detail: problem.detail,
    ...(errors.length > 0 ? { errors } : {}),
    ...problem.members,
    requestId,
  };
  return c.body(JSON.stringify(body), status, {
    "content-type": "application/problem+json",
    "cache-control": "no-store",
    ...problem.headers,
  });
}

function problemOf(error: unknown, requestId: string): Problem {
  if (error instanceof Invalid) return { kind: "invalid", detail: error.message, errors: error.faults };
  if (error instanceof Unauthenticated) {
    // RFC 6750: no error code if no credentials were sent.
    const code = error.tokenWasGiven ? ', error="invalid_token"' : "";
    const headers = { "www-authenticate": `Bearer realm="tidemark"${code}` };
    return { kind: "unauthenticated", detail: error.message, headers };
  }
  if (error instanceof AccessDenied) {
    const challenge = `Bearer realm="tidemark", error="insufficient_scope", scope="${error.scope}"`;
    return { kind: "forbidden", detail: error.message, headers: { "www-authenticate": challenge } };
  }
  if (error instanceof AnotherTeams) {
    const objects = error.objects.slice(0, maxErrors).map(({ kind, name, team }) => ({ kind, name, team }));
    return { kind: "forbidden", detail: error.message, errors: error.faults, members: { objects } };
  }
  if (error instanceof OutsideLimits) return { kind: "forbidden", detail: error.message, errors: error.faults };
  if (error instanceof TooManyNewNames) {
    const headers = { "retry-after": String(error.retryAfterSeconds) };
    return { kind: "too-many-names", detail: error.message, errors: error.faults, headers };
  }
  if (error instanceof TooManyRequests) {
    const headers = { "retry-after": String(error.retryAfterSeconds) };
    return { kind: "too-many-requests", detail: error.message, headers };
  }
  if (error instanceof MethodNotAllowed) {
    return { kind: "method-not-allowed", detail: error.message, headers: { allow: error.allowed.join(", ") } };
  }
  if (error instanceof BodyTooSlow) return { kind: "too-slow", detail: error.message };
  if (error instanceof Overloaded)
    return { kind: "overloaded", detail: error.message, headers: { "retry-after": "1" } };
  if (error instanceof ClockDisagrees) {
    const headers = { "retry-after": String(error.retryAfterSeconds) };
    return { kind: "clock-wrong", detail: error.message, headers };
  }
  if (error instanceof NotFound) return { kind: "not-found", detail: error.message };
  if (error instanceof NotReady) {
    const headers = { "retry-after": String(error.retryAfterSeconds) };
    return { kind: "not-ready", detail: error.message, headers, members: error.members };
  }
  if (error instanceof Conflict) return { kind: "conflict", detail: error.message };
  if (error instanceof ChangedMeanwhile) return { kind: "changed-meanwhile", detail: error.message };
  if (error instanceof PayloadTooLarge) return { kind: "too-large", detail: error.message };
  if (error instanceof UnsupportedMediaType) return { kind: "media-type", detail: error.message };
  if (error instanceof HTTPException) return problemOfHono(error);
  if (isUnstorableText(error)) {
    const detail = "A text in the request holds a character that cannot be stored, such as U+0000.";
    return { kind: "invalid", detail };
  }
  if (error instanceof SecretUnreadable)
    return { kind: "secret-unreadable", detail: error.message, headers: { "retry-after": "60" } };
  if (isDatabaseUnreachable(error)) {
    const detail = "The database is unreachable, too slow or read-only at the moment. Retry in a few seconds.";
    return { kind: "unavailable", detail, headers: { "retry-after": "5" } };
  }
  return {
    kind: "internal",
    detail: `Tidemark failed to answer. Its log has the cause under the request id ${requestId}.`,
  };
}

/** Hono's own errors: a content type without a schema, a body that is not JSON. */
function problemOfHono(error: HTTPException): Problem {
  if (error.status === 415) {
    return {
      kind: "media-type",
      detail: "The body's content type is not one that this call reads. Send application/json.",
    };
  }
  const detail = "The body is not JSON. Send valid JSON with the content type application/json.";
  return { kind: "invalid", detail, errors: [{ pointer: "", detail }] };
}

/** SQLSTATE 22021 and 22P05: no stored name has such characters, so none can match. */
function isUnstorableText(error: unknown): boolean {
  return ["22021", "22P05"].includes(sqlStateOf(error) ?? "");
}
