import { createRoute, z } from "@hono/zod-openapi";
import { requireScope } from "#server/access/index.ts";
import type { ApiDeps } from "./api-deps.ts";
import { json, needs, problems } from "./responses.ts";
import { type ApiRouter, createRouter } from "./router.ts";

const settingsSchema = z
  .object({
    items: z.array(
      z.object({
        name: z.string().meta({ example: "TIDEMARK_RETENTION_FACTS" }),
        isSet: z.boolean(),
        value: z.string().nullable().meta({ description: "As it was written; null: it is not set, or a secret." }),
        default: z.string().meta({ description: "What leaving it unset means." }),
      }),
    ),
  })
  .meta({ id: "Settings" });

const route = createRoute({
  method: "get",
  path: "/settings",
  operationId: "listSettings",
  summary: "List the settings of the web process",
  description: "Every setting in the order of the documentation, with what is set. Values of secrets are never given.",
  tags: ["status"],
  ...needs("admin"),
  responses: { 200: json(settingsSchema, "The settings."), ...problems() },
});

export function settingRoutes({ listSettings }: ApiDeps): ApiRouter {
  const routes = createRouter();
  routes.openapi(route, (c) => {
    requireScope(c.var.ctx, "admin");
    return c.json({ items: listSettings() }, 200);
  });
  return routes;
}
