import { createRoute, z } from "@hono/zod-openapi";
import { catalogueKinds } from "#domain/catalogue.ts";
import { type ApplyResult, applyCatalogue } from "#server/catalogue/index.ts";
import { UnsupportedMediaType } from "#server/errors.ts";
import type { ApiDeps } from "./api-deps.ts";
import { mediaTypeOf, readText } from "./body.ts";
import { json, needs, problems } from "./responses.ts";
import { type ApiRouter, createRouter } from "./router.ts";

const fieldValue = z.any().meta({ description: "As the files write it; null: not said." });

const effect = z
  .object({
    hoursCreated: z.number().int(),
    hoursDeleted: z.number().int(),
    hoursRejudged: z.number().int(),
    becomeLate: z.number().int().nullable().meta({
      description:
        "Hours that miss their deadline by the new terms only; null: not counted, for datacenters come or go.",
    }),
    becomeOnTime: z.number().int().nullable(),
    estimated: z.boolean().meta({ description: "Counted in the newest 500,000 hours and scaled up." }),
    beginToWait: z
      .number()
      .int()
      .meta({ description: "Of a datacenter: event types that begin to wait for it; of a type: datacenters." }),
    stopWaiting: z.number().int(),
  })
  .meta({ id: "CatalogueEffect" });

/** What an apply changed or would change. */
export const applyResultSchema = z
  .object({
    changes: z.array(
      z.object({
        kind: z.enum(catalogueKinds),
        name: z.string(),
        action: z.enum(["create", "claim", "update", "unchanged"]),
        fields: z.array(z.object({ field: z.string(), from: fieldValue, to: fieldValue })),
        effect: effect.nullish().meta({ description: "In a dry run: what it would do to verdicts; null: nothing." }),
      }),
    ),
    applied: z.boolean().meta({ description: "False for a dry run, and when nothing had to change." }),
  })
  .meta({ id: "ApplyResult" });

export const dryRunQuery = z.object({
  dryRun: z
    .enum(["true", "false"])
    .optional()
    .meta({ description: "`true` shows the difference and changes nothing." }),
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
const document = { type: "object" as const, description: "One catalogue document." };

const route = createRoute({
  method: "post",
  path: "/catalogue",
  operationId: "applyCatalogue",
  summary: "Apply catalogue documents",
  description: `Brings datacenters, event types, tiers, alert rules, channels, the routing tree and silences to what the documents say, all of it in one transaction or nothing.
What no document names stays as it is: a type or datacenter is retired by its \`activeTo\`, a rule or channel turned off by \`enabled: false\`, a silence over at its \`endsAt\`. The order of the documents does not matter, and a second apply changes nothing.`,
  tags: ["catalogue"],
  ...needs("write"),
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
  const routes = createRouter();
  routes.openapi(route, async (c) => {
    const mediaType = mediaTypeOf(c);
    if (mediaType !== "application/json" && !yamlTypes.includes(mediaType)) {
      throw new UnsupportedMediaType("Send the catalogue as application/yaml or application/json.");
    }
    const dryRun = c.req.valid("query").dryRun === "true";
    const input = { text: await readText(c), dryRun, keepFactsSeconds: deps.keepFactsSeconds };
    return c.json(toApplyBody(await applyCatalogue({ ctx: c.var.ctx, input })), 200);
  });
  return routes;
}
