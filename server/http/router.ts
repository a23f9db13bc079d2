import { OpenAPIHono } from "@hono/zod-openapi";
import type { ZodError } from "zod";
import { type Fault, Invalid } from "#server/errors.ts";
import type { ApiEnv } from "./api-deps.ts";
import { requireKnownQuery } from "./known-query.ts";

export type ApiRouter = OpenAPIHono<ApiEnv>;

/** Base router of every noun: refuses input that does not match a route's schema with each fault listed, and unknown query parameters. */
export function createRouter(): ApiRouter {
  const router = new OpenAPIHono<ApiEnv>({
    defaultHook: (result) => {
      if (!result.success) throw invalidInput(result.target, result.error);
    },
  });
  const { openapi } = router;
  const withKnownQuery: typeof openapi = (route, ...rest) => {
    const checks = [requireKnownQuery(route.request?.query), ...[route.middleware ?? []].flat()];
    return openapi({ ...route, middleware: checks }, ...rest);
  };
  router.openapi = withKnownQuery;
  return router;
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
