import { createRoute, z } from "@hono/zod-openapi";
import { deploymentHookSchema, hookDeliverySchema, hookSecretSchema, loggedDeliverySchema } from "#domain/api/hooks.ts";
import { listOf } from "#domain/api/shared.ts";
import { deploymentHookSpec } from "#domain/deployment-hook.ts";
import {
  deleteHook,
  listHookDeliveries,
  listHooks,
  readHook,
  rotateHookSecret,
  takeDelivery,
} from "#server/hooks/index.ts";
import type { ApiDeps } from "./api-deps.ts";
import { tagWithSpec } from "./caching.ts";
import { bodyLimits } from "./limit-body.ts";
import { originOf } from "./origin.ts";
import { pageQuery, readIdCursor, readNamePage, toListBody } from "./paging.ts";
import { ifMatchHeaders, readPrecondition } from "./precondition.ts";
import { putSpec, specRequest, specResponses } from "./put-spec.ts";
import { json, jsonBody, needs, problems } from "./responses.ts";
import { type ApiRouter, createRouter } from "./router.ts";
import { readOverlap, rotationSchema } from "./secret-rotation.ts";

const tags = ["deployments"];
const params = z.object({ name: z.string().meta({ example: "github" }) });

const deliveryRoute = createRoute({
  method: "post",
  path: "/hooks/{name}",
  operationId: "takeHookDelivery",
  summary: "Receive deployments from GitHub, GitLab, Argo CD or Spinnaker",
  description:
    "The webhook's URL at the release tool. The hook's secret authenticates the delivery, in the provider's own way. What is not a finished deployment, or matches no mapping, is answered 202 too and says why; a delivery that is sent again records nothing new.",
  tags,
  security: [{ hook: [] }],
  request: {
    params,
    body: {
      required: true,
      content: { "application/json": { schema: { type: "object", additionalProperties: true } } },
    },
  },
  responses: { 202: json(hookDeliverySchema, "The effect of the delivery."), ...problems(400, 413) },
});

/** Webhooks of release tools. They have no token: they prove that they know the hook's secret. */
export function hookDeliveryRoutes({ database, clock, writer, readSecret }: ApiDeps): ApiRouter {
  const routes = createRouter(bodyLimits.hook);
  routes.openapi(deliveryRoute, async (c) => {
    const input = {
      name: c.req.valid("param").name,
      body: new Uint8Array(await c.req.arrayBuffer()),
      header: (name: string) => c.req.header(name) ?? null,
    };
    const deps = { database, clock, writer, readSecret, from: originOf(c, "hook") };
    return c.json(await takeDelivery(deps, input), 202);
  });
  return routes;
}

const listRoute = createRoute({
  method: "get",
  path: "/deployment-hooks",
  operationId: "listDeploymentHooks",
  summary: "List deployment hooks by name, with what their deliveries named and no mapping matches",
  tags,
  ...needs("read"),
  request: { query: pageQuery },
  responses: { 200: json(listOf(deploymentHookSchema), "The hooks, without their secrets."), ...problems(400) },
});

const readRoute = createRoute({
  method: "get",
  path: "/deployment-hooks/{name}",
  operationId: "readDeploymentHook",
  summary: "Read a deployment hook",
  tags,
  ...needs("read"),
  request: { params },
  responses: { 200: json(deploymentHookSchema, "The hook, without its secret."), ...problems(404) },
});

const putRoute = createRoute({
  method: "put",
  path: "/deployment-hooks/{name}",
  operationId: "putDeploymentHook",
  summary: "Write a deployment hook",
  description:
    "The body is the whole spec, which never holds the secret: Tidemark makes it (`POST /deployment-hooks/{name}/rotate-secret`), or `secret: {env: TIDEMARK_SECRET_…}` names the environment variable of the web process that holds it. Deliveries then go to `POST /hooks/{name}`.",
  tags,
  ...needs("write"),
  request: {
    params,
    ...specRequest(deploymentHookSpec, {
      provider: "github",
      mappings: [
        { match: "acme/(?<app>[a-z-]+)/environments/prod-(?<dc>[a-z]+)", component: "$app", datacenter: "$dc" },
      ],
    }),
  },
  responses: specResponses,
});

const deleteRoute = createRoute({
  method: "delete",
  path: "/deployment-hooks/{name}",
  operationId: "deleteDeploymentHook",
  summary: "Delete a deployment hook",
  description: "Its deliveries are refused from then on. Deployments that it recorded stay.",
  tags,
  ...needs("write"),
  request: { params, headers: ifMatchHeaders },
  responses: { 204: { description: "The hook is deleted." }, ...problems(404, 412) },
});

const rotateRoute = createRoute({
  method: "post",
  path: "/deployment-hooks/{name}/rotate-secret",
  operationId: "rotateDeploymentHookSecret",
  summary: "Create or rotate a deployment hook's secret",
  description:
    "The present secret keeps working for the overlap, so that no delivery is refused before the release tool has the new one; one that is older stops at once. A hook whose spec names a variable for its secret is refused with 409.",
  tags,
  ...needs("write"),
  request: { params, ...jsonBody(rotationSchema) },
  responses: {
    200: json(hookSecretSchema, "The new secret, which is never shown again."),
    ...problems(400, 404, 409, 415),
  },
});

const deliveriesRoute = createRoute({
  method: "get",
  path: "/deployment-hooks/{name}/deliveries",
  operationId: "listDeploymentHookDeliveries",
  summary: "List a deployment hook's deliveries, the newest first",
  description: "The newest 100 that its secret authenticated, and the newest 20 refusals.",
  tags,
  ...needs("read"),
  request: { params, query: pageQuery },
  responses: { 200: json(listOf(loggedDeliverySchema), "The deliveries."), ...problems(400, 404) },
});

export function deploymentHookRoutes(deps: ApiDeps): ApiRouter {
  const { readSecret } = deps;
  const routes = createRouter();
  routes.openapi(listRoute, async (c) => {
    const input = readNamePage(c.req.valid("query"));
    return c.json(toListBody(await listHooks({ ctx: c.var.ctx, input, readSecret })), 200);
  });
  routes.openapi(readRoute, async (c) =>
    c.json(tagWithSpec(c, await readHook({ ctx: c.var.ctx, input: c.req.valid("param"), readSecret })), 200),
  );
  routes.openapi(putRoute, async (c) =>
    c.json(await putSpec(c, deps, { kind: "DeploymentHook", name: c.req.valid("param").name }), 200),
  );
  routes.openapi(rotateRoute, async (c) => {
    const { name } = c.req.valid("param");
    const overlapSeconds = readOverlap(c.req.valid("json"), "The secret was not rotated.");
    c.header("cache-control", "no-store");
    return c.json({ name, secret: await rotateHookSecret({ ctx: c.var.ctx, input: { name, overlapSeconds } }) }, 200);
  });
  routes.openapi(deliveriesRoute, async (c) => {
    const { cursor, limit } = c.req.valid("query");
    const input = { ...c.req.valid("param"), before: readIdCursor(cursor), limit };
    return c.json(toListBody(await listHookDeliveries({ ctx: c.var.ctx, input })), 200);
  });
  routes.openapi(deleteRoute, async (c) => {
    const input = { ...c.req.valid("param"), precondition: readPrecondition(c) };
    await deleteHook({ ctx: c.var.ctx, input });
    return c.body(null, 204);
  });
  return routes;
}
