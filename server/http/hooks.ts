import { z } from "@hono/zod-openapi";
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
import { bodyLimits } from "./limit-body.ts";
import { originOf } from "./origin.ts";
import { pageQuery, readIdCursor, toListBody } from "./paging.ts";
import { authenticatedBy, json, jsonBody, needs, problems } from "./responses.ts";
import { type ApiRouter, createRouter, tagged } from "./router.ts";
import { readOverlap, rotationSchema } from "./secret-rotation.ts";
import { addSpecRoutes } from "./spec-routes.ts";

const route = tagged("deployments");
const params = z.object({ name: z.string().meta({ example: "github" }) });

const deliveryRoute = route.post("/hooks/{name}", authenticatedBy("hook"), {
  operationId: "takeHookDelivery",
  summary: "Receive deployments from GitHub, GitLab, Argo CD or Spinnaker",
  description:
    "The webhook's URL at the release tool. The hook's secret authenticates the delivery, in the provider's own way. What is not a finished deployment, or matches no mapping, is answered 202 too and says why; a delivery that is sent again records nothing new.",
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

const rotateRoute = route.post("/deployment-hooks/{name}/rotate-secret", needs("write"), {
  operationId: "rotateDeploymentHookSecret",
  summary: "Create or rotate a deployment hook's secret",
  description:
    "The present secret keeps working for the overlap, so that no delivery is refused before the release tool has the new one; one that is older stops at once. A hook whose spec names a variable for its secret is refused with 409.",
  request: { params, ...jsonBody(rotationSchema) },
  responses: {
    200: json(hookSecretSchema, "The new secret, which is never shown again."),
    ...problems(400, 404, 409, 415),
  },
});

const deliveriesRoute = route.get("/deployment-hooks/{name}/deliveries", needs("read"), {
  operationId: "listDeploymentHookDeliveries",
  summary: "List a deployment hook's deliveries, the newest first",
  description: "The newest 100 that its secret authenticated, and the newest 20 refusals.",
  request: { params, query: pageQuery },
  responses: { 200: json(listOf(loggedDeliverySchema), "The deliveries."), ...problems(400, 404) },
});

export function deploymentHookRoutes(deps: ApiDeps): ApiRouter {
  const { readSecret } = deps;
  const routes = createRouter();
  addSpecRoutes(routes, deps, {
    kind: "DeploymentHook",
    tag: "deployments",
    path: "/deployment-hooks",
    name: params.shape.name,
    item: deploymentHookSchema,
    spec: deploymentHookSpec,
    list: {
      summary: "List deployment hooks by name, with what their deliveries named and no mapping matches",
      answer: "The hooks, without their secrets.",
      run: (call) => listHooks({ ...call, readSecret }),
    },
    read: {
      summary: "Read a deployment hook",
      answer: "The hook, without its secret.",
      run: (call) => readHook({ ...call, readSecret }),
    },
    put: {
      summary: "Write a deployment hook",
      description:
        "The body is the whole spec, which never holds the secret: Tidemark makes it (`POST /deployment-hooks/{name}/rotate-secret`), or `secret: {env: TIDEMARK_SECRET_…}` names the environment variable of the web process that holds it. Deliveries then go to `POST /hooks/{name}`.",
      example: {
        provider: "github",
        mappings: [
          { match: "acme/(?<app>[a-z-]+)/environments/prod-(?<dc>[a-z]+)", component: "$app", datacenter: "$dc" },
        ],
      },
    },
    delete: {
      summary: "Delete a deployment hook",
      description: "Its deliveries are refused from then on. Deployments that it recorded stay.",
      answer: "The hook is deleted.",
      refusals: [404, 412],
      run: deleteHook,
    },
  });
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
  return routes;
}
