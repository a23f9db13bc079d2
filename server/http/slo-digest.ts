import { z } from "@hono/zod-openapi";
import { accepts } from "hono/accepts";
import { sloDigestSchema } from "#domain/api/slo-digest.ts";
import { digestHtml, digestText } from "#domain/slo/digest.ts";
import { readDigest } from "#server/slo/index.ts";
import type { ApiDeps } from "./api-deps.ts";
import { needs, problems } from "./responses.ts";
import { type ApiRouter, createRouter, tagged } from "./router.ts";

const types = { json: "application/json", text: "text/plain", html: "text/html" } as const;
const formats = ["json", "text", "html"] as const;
const mediaTypes = [types.json, types.text, types.html] as const;

const digestRoute = tagged("service levels").get("/slo/digest", needs("read"), {
  operationId: "readSloDigest",
  summary: "A month's service levels as in the monthly mail",
  description:
    "What a channel with `monthlyDigest` is sent, for reading before it is sent or without being a recipient. `Accept: text/html` or `text/plain`, or `format`, answers the parts of the mail.",
  request: {
    query: z.object({
      month: z.string().optional().meta({ description: "Default: the last month that has ended.", example: "2026-10" }),
      tier: z.string().optional().meta({ description: "Only its types.", example: "high" }),
      owner: z.string().optional().meta({ description: "Only its types.", example: "payments" }),
      format: z.enum(formats).optional().meta({ description: "Goes before the Accept header." }),
    }),
  },
  responses: {
    200: {
      description: "The digest.",
      content: {
        "application/json": { schema: sloDigestSchema },
        "text/html": { schema: { type: "string" as const, description: "The mail's HTML." } },
        "text/plain": { schema: { type: "string" as const, description: "The mail's text." } },
      },
    },
    ...problems(400, 404),
  },
});

/** A standalone page: styles are inline, and nothing else may be fetched or run. */
const policy =
  "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

export function sloDigestRoutes(deps: ApiDeps): ApiRouter {
  const routes = createRouter();
  routes.openapi(digestRoute, async (c) => {
    const { format, ...input } = c.req.valid("query");
    const digest = await readDigest({ ctx: c.var.ctx, input });
    c.header("vary", "Accept");
    const type = format
      ? types[format]
      : accepts(c, { header: "Accept", supports: [...mediaTypes], default: mediaTypes[0] });
    if (type === "application/json") return c.json(digest, 200);
    const publicUrl = deps.publicUrl ?? new URL(c.req.url).origin;
    const headers = { "content-type": `${type}; charset=utf-8`, "content-security-policy": policy };
    return c.body(type === "text/html" ? digestHtml(digest, publicUrl) : digestText(digest, publicUrl), 200, headers);
  });
  return routes;
}
