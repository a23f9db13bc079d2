import { z } from "@hono/zod-openapi";
import { tierSchema } from "#domain/api/catalogue.ts";
import { tierSpec } from "#domain/catalogue.ts";
import { listTiers, readTier } from "#server/catalogue/index.ts";
import type { ApiDeps } from "./api-deps.ts";
import { type ApiRouter, createRouter } from "./router.ts";
import { addSpecRoutes } from "./spec-routes.ts";

export function tierRoutes(deps: ApiDeps): ApiRouter {
  const routes = createRouter();
  addSpecRoutes(routes, deps, {
    kind: "Tier",
    tag: "catalogue",
    path: "/tiers",
    name: z.string().meta({ example: "high" }),
    item: tierSchema,
    spec: tierSpec,
    list: { summary: "List tiers by name", answer: "The tiers.", run: listTiers },
    read: { summary: "Read a tier", answer: "The tier.", run: readTier },
    put: {
      summary: "Create or change a tier",
      description:
        "The body is the whole spec: what it leaves out goes back to its default. A deadline applies to every event type of the tier that has none of its own.",
      example: { deadline: "2h", objectives: { timeliness: 0.99 } },
    },
  });
  return routes;
}
