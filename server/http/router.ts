import { createRoute, OpenAPIHono, type RouteConfig } from "@hono/zod-openapi";
import type { MiddlewareHandler } from "hono";
import type { ZodError } from "zod";
import { requireAnyScope, type Scope } from "#server/access/index.ts";
import { type Fault, Invalid } from "#server/errors.ts";
import type { ApiEnv } from "./api-deps.ts";
import { requireUtf8 } from "./body.ts";
import { requireKnownQuery } from "./known-query.ts";
import { bodyLimits, limitBody } from "./limit-body.ts";

export type ApiRouter = OpenAPIHono<ApiEnv>;
type Description = Omit<RouteConfig, "method" | "path" | "tags" | "security">;
type Secured = Required<Pick<RouteConfig, "security">>;
type Security = readonly Readonly<Record<string, readonly string[]>>[];

/** Honest senders need a round trip for what a stranger may send, and a minute for what a token may. */
const patienceMs = { stranger: 10_000, known: 60_000 };

/**
 * Base router of every noun. Before a route runs it checks the scope that the route declares, then reads the body within the router's
 * limit (`streamed`: the route reads it by itself), then refuses unknown query parameters and input that does not match the route's
 * schema, with each fault listed.
 */
export function createRouter(maxBodyBytes?: number | "streamed"): ApiRouter {
  const router = new OpenAPIHono<ApiEnv>({
    defaultHook: (result) => {
      if (!result.success) throw invalidInput(result.target, result.error);
    },
  });
  const { openapi } = router;
  const withKnownQuery: typeof openapi = (route, ...rest) => {
    const isOpen = scopesOf(route.security).length === 0;
    const maxBytes = maxBodyBytes ?? (isOpen ? bodyLimits.stranger : bodyLimits.usual);
    const withinMs = isOpen ? patienceMs.stranger : patienceMs.known;
    const checks = [
      requireDeclaredScope(route.security),
      requireUtf8,
      ...(maxBytes === "streamed" ? [] : [limitBody({ maxBytes, withinMs })]),
      requireKnownQuery(route.request?.query),
      ...[route.middleware ?? []].flat(),
    ];
    return openapi({ ...route, middleware: checks }, ...rest);
  };
  router.openapi = withKnownQuery;
  return router;
}

/** Describes routes under one heading of the API's description: `tagged("tiers").get(path, needs("read"), { operationId, … })`. */
export function tagged(tag: string) {
  const route =
    <const Method extends RouteConfig["method"]>(method: Method) =>
    <const Path extends string, Described extends Description>(
      path: Path,
      { security }: Secured,
      described: Described,
    ) =>
      createRoute({ method, path, ...described, tags: [tag], security });
  return { get: route("get"), put: route("put"), post: route("post"), patch: route("patch"), delete: route("delete") };
}

/** The scopes of which a route's caller needs one, as its `security` declares them; none for a route without tokens. */
function scopesOf(security: Security | undefined): Scope[] {
  return (security ?? []).flatMap((way) => way.bearer ?? []) as Scope[];
}

/**
 * Refuses callers without a declared scope before anything of their request is read: they learn nothing of its schema, and their bodies
 * cost nothing. The use case checks again, whoever calls it.
 */
function requireDeclaredScope(security: Security | undefined): MiddlewareHandler<ApiEnv> {
  const [first, ...others] = scopesOf(security);
  return async (c, next) => {
    if (first !== undefined) requireAnyScope(c.var.ctx, first, ...others);
    await next();
  };
}

function invalidInput(target: string, error: ZodError): Invalid {
  const faults = error.issues.flatMap((issue) => {
    // Unknown keys are named only in the message: point at each.
    const paths = issue.code === "unrecognized_keys" ? issue.keys.map((key) => [...issue.path, key]) : [issue.path];
    return paths.map((path) => faultAt(target, path, issue.message));
  });
  const what = target === "json" ? "The body" : "A parameter of the request";
  return new Invalid(`${what} cannot be used: ${faults.map((fault) => fault.detail).join(" ")}`, faults);
}

function faultAt(target: string, path: readonly PropertyKey[], message: string): Fault {
  const detail = /[.!?]$/.test(message) ? message : `${message}.`;
  if (target === "json") return { pointer: toPointer(path), detail };
  return { parameter: path.map(String).join("."), detail };
}

/** RFC 6901. */
function toPointer(path: readonly PropertyKey[]): string {
  return path.map((part) => `/${String(part).replaceAll("~", "~0").replaceAll("/", "~1")}`).join("");
}
