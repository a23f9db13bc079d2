import { z } from "@hono/zod-openapi";
import { boardSchema, compactBoardSchema } from "#domain/api/board.ts";
import { readBoard, readCompactBoard } from "#server/board/index.ts";
import type { ApiDeps } from "./api-deps.ts";
import { pageQuery, readCursor, toListBody } from "./paging.ts";
import { json, needs, problems } from "./responses.ts";
import { type ApiRouter, createRouter, tagged } from "./router.ts";

const route = tagged("board");

const readRoute = route.get("/board", needs("read"), {
  operationId: "readBoard",
  summary: "Every claimed event type now, the greatest risk first",
  description:
    "Late types come first, by how many deadlines long they have been open; then those with an incomplete, overcounted or unverified hour in the last 24; then those with an open hour, by how much of the deadline it has used. `counts`, `datacenters`, `lateSince` and `nextBreach` speak for all types, not for the page.",
  request: { query: pageQuery.extend({ limit: pageQuery.shape.limit.default(500) }) },
  responses: { 200: json(boardSchema, "The board."), ...problems(400) },
});

const compactRoute = route.get("/board/compact", needs("read"), {
  operationId: "readCompactBoard",
  summary: "The board in a compact form, for clients that poll every few seconds",
  description:
    "The same as `GET /board`, with all types in one answer: two short strings stand for a type's last 24 hours instead of 24 objects.",
  request: {
    query: z.object({
      limit: z.coerce.number().int().min(0).max(500).optional().meta({
        description: "At most this many rows, the greatest risk first; 0: only the counts. Default: all.",
      }),
    }),
  },
  responses: { 200: json(compactBoardSchema, "The board."), ...problems(400) },
});

export function boardRoutes(_deps: ApiDeps): ApiRouter {
  const routes = createRouter();
  routes.openapi(readRoute, async (c) => {
    const { limit, cursor } = c.req.valid("query");
    const after = readCursor(cursor, z.object({ offset: z.int().min(0) }));
    const start = after?.offset ?? 0;
    const end = start + limit;
    const board = await readBoard({ ctx: c.var.ctx });
    // Ranking needs every type anyway, so a page is a slice of it.
    const next = end < board.items.length ? { offset: end } : null;
    return c.json({ ...board, ...toListBody({ items: board.items.slice(start, end), next }) }, 200);
  });
  routes.openapi(compactRoute, async (c) =>
    c.json(await readCompactBoard({ ctx: c.var.ctx, input: c.req.valid("query") }), 200),
  );
  return routes;
}
