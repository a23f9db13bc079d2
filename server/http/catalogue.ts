import { z } from "@hono/zod-openapi";
import { applyResultSchema } from "#domain/api/catalogue.ts";
import { catalogueDocument } from "#domain/catalogue.ts";
import { type ApplyResult, applyCatalogue } from "#server/catalogue/index.ts";
import { UnsupportedMediaType } from "#server/errors.ts";
import type { ApiDeps } from "./api-deps.ts";
import { mediaTypeOf, readText } from "./body.ts";
import { bodyLimits } from "./limit-body.ts";
import { flag } from "./query-values.ts";
import { json, needs, problems, reference } from "./responses.ts";
import { type ApiRouter, createRouter, tagged } from "./router.ts";

export const dryRunQuery = z.object({
  dryRun: flag("`true` shows the difference and changes nothing."),
});

export function toApplyBody(result: ApplyResult): z.input<typeof applyResultSchema> {
  return {
    applied: result.applied,
    changes: result.changes.map((change) => ({ ...change, fields: [...change.fields] })),
  };
}

const yamlTypes = ["application/yaml", "text/yaml", "application/x-yaml", "text/x-yaml"];
const example = `apiVersion: tidemark/v1
kind: Datacenter
metadata: { name: ams }
spec: { displayName: Amsterdam }
---
apiVersion: tidemark/v1
kind: EventType
metadata: { name: EndSong }
spec: { owner: payments, tier: high, deadline: 90m }
`;
const text = { schema: { type: "string" as const, description: "YAML documents, separated by `---`." }, example };
const document = reference(catalogueDocument);

const route = tagged("catalogue").post("/catalogue", needs("write"), {
  operationId: "applyCatalogue",
  summary: "Apply catalogue documents",
  description: `Brings datacenters, event types, tiers, alert rules, channels, the routing tree and silences to what the documents say, all of it in one transaction or nothing.
What no document names stays as it is: a type or datacenter is retired by its \`activeTo\`, a rule or channel turned off by \`enabled: false\`, a silence over at its \`endsAt\`. The order of the documents does not matter, and a second apply changes nothing.`,
  request: {
    query: dryRunQuery,
    body: {
      required: true,
      content: {
        "application/yaml": text,
        "text/yaml": text,
        "application/json": { schema: { anyOf: [document, { type: "array", items: document }] } },
      },
    },
  },
  responses: { 200: json(applyResultSchema, "The difference."), ...problems(400, 413, 415) },
});

export function catalogueRoutes(deps: ApiDeps): ApiRouter {
  const routes = createRouter(bodyLimits.catalogue);
  routes.openapi(route, async (c) => {
    const mediaType = mediaTypeOf(c);
    if (mediaType !== "application/json" && !yamlTypes.includes(mediaType)) {
      throw new UnsupportedMediaType("Send the catalogue as application/yaml or application/json.");
    }
    const dryRun = c.req.valid("query").dryRun === "true";
    const { checkDestination } = deps;
    const input = { text: await readText(c), dryRun, checkDestination };
    return c.json(toApplyBody(await applyCatalogue({ ctx: c.var.ctx, input })), 200);
  });
  return routes;
}
