import { applyResultSchema } from "#domain/api/catalogue.ts";
import { UnsupportedMediaType } from "#server/errors.ts";
import { exportOpenSlo, importOpenSlo } from "#server/slo/index.ts";
import { mediaTypeOf, readText } from "./body.ts";
import { dryRunQuery, toApplyBody } from "./catalogue.ts";
import { json, needs, problems } from "./responses.ts";
import { type ApiRouter, createRouter, tagged } from "./router.ts";

const route = tagged("service levels");

const example = `apiVersion: openslo/v1
kind: SLO
metadata:
  name: tier-high-timeliness
  annotations: { tidemark/tier: high, tidemark/measure: timeliness }
spec:
  service: event-delivery
  timeWindow: [{ duration: 1M, calendar: { startTime: 2026-01-01 00:00:00, timeZone: UTC } }]
  budgetingMethod: Timeslices
  objectives: [{ target: 0.995, timeSliceTarget: 1, timeSliceWindow: 1h }]
`;
const text = { schema: { type: "string" as const, description: "OpenSLO v1 documents, separated by `---`." }, example };
const yamlTypes = ["application/yaml", "text/yaml", "application/x-yaml", "text/x-yaml"];

const exportRoute = route.get("/slo/openslo", needs("read"), {
  operationId: "exportOpenSlo",
  summary: "Every objective as OpenSLO v1 documents",
  responses: { 200: { description: "YAML.", content: { "application/yaml": text } }, ...problems() },
});

const importRoute = route.post("/slo/openslo", needs("write"), {
  operationId: "importOpenSlo",
  summary: "Set objectives by OpenSLO v1 documents",
  description:
    "Each document of kind `SLO` sets one objective, of the tier or type and the measure that its annotations `tidemark/tier` or `tidemark/event-type` and `tidemark/measure` name, as an apply of the catalogue would. Other kinds are skipped.",
  request: {
    query: dryRunQuery,
    body: { required: true, content: { "application/yaml": text, "text/yaml": text } },
  },
  responses: { 200: json(applyResultSchema, "The difference."), ...problems(400, 413, 415) },
});

export function openSloRoutes(): ApiRouter {
  const routes = createRouter();
  routes.openapi(exportRoute, async (c) =>
    c.body(await exportOpenSlo({ ctx: c.var.ctx }), 200, { "content-type": "application/yaml; charset=utf-8" }),
  );
  routes.openapi(importRoute, async (c) => {
    if (![...yamlTypes, "application/json"].includes(mediaTypeOf(c)))
      throw new UnsupportedMediaType("Send OpenSLO documents as application/yaml.");
    const dryRun = c.req.valid("query").dryRun === "true";
    const input = { text: await readText(c), dryRun };
    return c.json(toApplyBody(await importOpenSlo({ ctx: c.var.ctx, input })), 200);
  });
  return routes;
}
