import { settingsSchema } from "#domain/api/settings.ts";
import { requireScope } from "#server/access/index.ts";
import type { ApiDeps } from "./api-deps.ts";
import { json, needs, problems } from "./responses.ts";
import { type ApiRouter, createRouter, tagged } from "./router.ts";

const route = tagged("status").get("/settings", needs("admin"), {
  operationId: "listSettings",
  summary: "List the settings of the web process",
  description:
    "Every setting that the web process reads, in the order of the documentation, with what is set. Other processes have settings of their own. Values of secrets are never given.",
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
