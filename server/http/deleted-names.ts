import { createRoute, z } from "@hono/zod-openapi";
import { deleteName, type NameKind } from "#server/corrections/index.ts";
import type { ApiDeps } from "./api-deps.ts";
import { ifMatchHeaders, readPrecondition } from "./precondition.ts";
import { needs, problems } from "./responses.ts";
import { type ApiRouter, createRouter } from "./router.ts";

const description =
  "Only names that were never claimed. Their facts are deleted too, in the background if there are many. A later report discovers the name again.";
const params = z.object({ name: z.string() });
const common = {
  method: "delete" as const,
  description,
  tags: ["catalogue"],
  ...needs("write"),
};
const unguarded = { request: { params }, responses: { 204: { description: "Deleted." }, ...problems(404, 409) } };
/** A GET answers it. */
const guarded = {
  request: { params, headers: ifMatchHeaders },
  responses: { ...unguarded.responses, ...problems(412) },
};

const routesOf = [
  [
    "event_type",
    createRoute({
      ...common,
      ...guarded,
      path: "/event-types/{name}",
      operationId: "deleteEventType",
      summary: "Delete an event type that was never claimed",
    }),
  ],
  [
    "datacenter",
    createRoute({
      ...common,
      ...guarded,
      path: "/datacenters/{name}",
      operationId: "deleteDatacenter",
      summary: "Delete a datacenter that was never claimed",
    }),
  ],
  [
    "reporter",
    createRoute({
      ...common,
      ...unguarded,
      path: "/reporters/{name}",
      operationId: "deleteReporter",
      summary: "Delete a reporter that counted no claimed event type",
    }),
  ],
] as const satisfies readonly (readonly [NameKind, unknown])[];

export function deletedNameRoutes(_deps: ApiDeps): ApiRouter {
  const routes = createRouter();
  for (const [kind, route] of routesOf) {
    routes.openapi(route, async (c) => {
      const input = { kind, ...c.req.valid("param"), precondition: readPrecondition(c) };
      await deleteName({ ctx: c.var.ctx, input });
      return c.body(null, 204);
    });
  }
  return routes;
}
