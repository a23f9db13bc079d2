import { z } from "@hono/zod-openapi";
import { instant, listOf } from "#domain/api/shared.ts";
import { newTokenSchema, tokenSchema } from "#domain/api/tokens.ts";
import { maxName, readName } from "#domain/protocol.ts";
import { createToken, listTokens, revokeToken, rotateToken, scopes } from "#server/access/index.ts";
import type { ApiDeps } from "./api-deps.ts";
import { pageQuery, readCursor, toListBody } from "./paging.ts";
import { json, jsonBody, needs, problems } from "./responses.ts";
import { type ApiRouter, createRouter, tagged } from "./router.ts";
import { readOverlap, rotationSchema } from "./secret-rotation.ts";

const route = tagged("access");

const patternRule = `A pattern is a name of at most ${maxName} characters in which * is any run of characters and ? is one.`;
const patterns = z
  .array(
    z.string().transform((text, context) => {
      const pattern = readName(text);
      if (pattern !== null) return pattern;
      context.addIssue({ code: "custom", message: patternRule });
      return z.NEVER;
    }),
  )
  .max(100, "Name at most 100 patterns.")
  .default([]);

const label = (whenEmpty: string) =>
  z
    .string()
    .trim()
    .min(1, whenEmpty)
    .max(200)
    .refine((name) => !/\p{C}/u.test(name), "Control characters are not allowed in a name.");

const tokenRequestSchema = z
  .strictObject({
    name: label("Give the token a name: who or what will use it."),
    scopes: z.array(z.enum(scopes)).min(1, `Name at least one scope: ${scopes.join(", ")}.`),
    expiresAt: instant.nullish(),
    owner: label("Name who answers for the token.").nullish().meta({
      description: "A person or team; left out: whoever creates it.",
    }),
    teams: z.array(label("Name the team.")).max(100, "Name at most 100 teams.").default([]).meta({
      description:
        "Changes only what these teams own, and what no team does; left out: no limit, as for programs that apply whole catalogues.",
    }),
    datacenters: patterns.meta({
      description: "The datacenters that it may ingest for and correct: names or glob patterns (`*`, `?`).",
    }),
    eventTypes: patterns.meta({
      description: "The event types that it may ingest and correct: names or glob patterns (`*`, `?`).",
    }),
  })
  .meta({
    id: "TokenRequest",
    example: { name: "exporter", scopes: ["ingest"], expiresAt: "2027-03-01T00:00:00Z", datacenters: ["ams-*"] },
  });

const cursorSchema = z.object({ createdAt: instant, id: z.string() });

const listRoute = route.get("/tokens", needs("admin"), {
  operationId: "listTokens",
  summary: "List the tokens, the newest first",
  request: { query: pageQuery },
  responses: { 200: json(listOf(tokenSchema), "The tokens, without their secrets."), ...problems(400) },
});

const createRouteOfToken = route.post("/tokens", needs("admin"), {
  operationId: "createToken",
  summary: "Create a token",
  request: jsonBody(tokenRequestSchema),
  responses: {
    201: json(newTokenSchema, "The token with its secret, which is never shown again."),
    ...problems(400, 415),
  },
});

const rotateRoute = route.post("/tokens/{id}/rotate", needs("admin"), {
  operationId: "rotateToken",
  summary: "Give a token a new secret",
  description:
    "Name, scopes, limits and expiry stay. The present secret keeps working for the overlap, so that whoever uses it can change over without a gap; one that is older stops at once. Without an overlap, sessions begun with the token end too.",
  request: { params: z.object({ id: z.string() }), ...jsonBody(rotationSchema) },
  responses: {
    200: json(newTokenSchema, "The token with its new secret, which is never shown again."),
    ...problems(400, 404, 409, 415),
  },
});

const revokeRoute = route.delete("/tokens/{id}", needs("admin"), {
  operationId: "revokeToken",
  summary: "Revoke a token",
  description: "It stops working at once here, and within five seconds in every other process.",
  request: { params: z.object({ id: z.string() }) },
  responses: { 204: { description: "The token is revoked." }, ...problems(404) },
});

export function tokenRoutes(deps: ApiDeps): ApiRouter {
  const routes = createRouter();
  routes.openapi(listRoute, async (c) => {
    const { cursor, limit } = c.req.valid("query");
    const page = await listTokens({ ctx: c.var.ctx, input: { after: readCursor(cursor, cursorSchema), limit } });
    c.header("cache-control", "no-store");
    return c.json(toListBody(page), 200);
  });
  routes.openapi(createRouteOfToken, async (c) => {
    const { expiresAt, owner = null, ...asked } = c.req.valid("json");
    const input = { ...asked, owner, expiresAt: expiresAt ? new Date(expiresAt) : null };
    return c.json(await createToken({ ctx: c.var.ctx, input }), 201);
  });
  routes.openapi(rotateRoute, async (c) => {
    const input = {
      ...c.req.valid("param"),
      overlapSeconds: readOverlap(c.req.valid("json"), "The token was not rotated."),
    };
    const rotated = await rotateToken({ ctx: c.var.ctx, input });
    deps.access.forget();
    c.header("cache-control", "no-store");
    return c.json(rotated, 200);
  });
  routes.openapi(revokeRoute, async (c) => {
    await revokeToken({ ctx: c.var.ctx, input: c.req.valid("param") });
    deps.access.forget();
    return c.body(null, 204);
  });
  return routes;
}
