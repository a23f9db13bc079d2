import { createRoute, z } from "@hono/zod-openapi";
import { boardSchema } from "#domain/api/board.ts";
import { readBoard } from "#server/hours/read-board.ts";
import type { ApiDeps } from "./api-deps.ts";
import { pageQuery, readCursor, toListBody } from "./paging.ts";
import { json, needs, problems } from "./responses.ts";
import { type ApiRouter, createRouter } from "./router.ts";

const route = createRoute({
  method: "get",
  path: "/board",
  operationId: "readBoard",
  summary: "Every claimed event type now, the greatest risk first",
  description:
    "Late types come first, by how many deadlines long they have been open; then those with an incomplete, overcounted or unverified hour in the last 24; then those with an open hour, by how much of the deadline it has used. `counts` and `datacenters` speak for all types, not for the page.",
  tags: ["board"],
  ...needs("read"),
  request: { query: pageQuery.extend({ limit: pageQuery.shape.limit.default(500) }) },
  responses: { 200: json(boardSchema, "The board."), ...problems(400) },
});

export function boardRoutes(_deps: ApiDeps): ApiRouter {
  const routes = createRouter();
  routes.openapi(route, async (c) => {
    const { limit, cursor } = c.req.valid("query");
    const after = readCursor(cursor, z.object({ offset: z.int().min(0) }));
    const start = after?.offset ?? 0;
    const end = start + limit;
    const board = await readBoard({ ctx: c.var.ctx });
    // The ranking needs every type anyway: a page is a piece of it.
    const next = end < board.items.length ? { offset: end } : null;
    return c.json({ ...board, ...toListBody({ items: board.items.slice(start, end), next }) }, 200);
  });
  return routes;
}
