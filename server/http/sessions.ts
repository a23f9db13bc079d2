import { z } from "@hono/zod-openapi";
import { sessionItemSchema } from "#domain/api/people.ts";
import { endedSessionsSchema } from "#domain/api/session.ts";
import { instant, listOf } from "#domain/api/shared.ts";
import { endOtherSessions, endSession, endSessionsOf, listSessions } from "#server/access/index.ts";
import type { ApiDeps } from "./api-deps.ts";
import { pageQuery, readCursor, toListBody } from "./paging.ts";
import { json, needs, problems } from "./responses.ts";
import { type ApiRouter, createRouter, tagged } from "./router.ts";

const route = tagged("access");
const cursorSchema = z.object({ createdAt: instant, id: z.string() });

const listRoute = route.get("/sessions", needs("read"), {
  operationId: "listSessions",
  summary: "List the signed-in browsers: your own, or for an administrator everyone's",
  request: {
    query: pageQuery.extend({ person: z.string().optional().meta({ description: "Of the person with this id." }) }),
  },
  responses: { 200: json(listOf(sessionItemSchema), "Sessions that have not ended, newest first."), ...problems(400) },
});

const endRoute = route.delete("/sessions/{id}", needs("read"), {
  operationId: "endSession",
  summary: "Sign a browser out: your own, or for an administrator anyone's",
  description: "It ends at once in this process and within five seconds in every other.",
  request: { params: z.object({ id: z.string() }) },
  responses: { 204: { description: "The session has ended." }, ...problems(404) },
});

const endOthersRoute = route.delete("/sessions", needs("read"), {
  operationId: "endOtherSessions",
  summary: "Sign out your other browsers, or as an administrator all of a person's",
  request: {
    query: z.object({
      person: z.string().optional().meta({ description: "All sessions of the person with this id." }),
    }),
  },
  responses: {
    200: json(endedSessionsSchema, "How many sessions ended."),
    ...problems(400),
  },
});

export function sessionListRoutes(deps: ApiDeps): ApiRouter {
  const routes = createRouter();
  routes.openapi(listRoute, async (c) => {
    const { cursor, limit, person = null } = c.req.valid("query");
    const input = { personId: person, after: readCursor(cursor, cursorSchema), limit };
    return c.json(toListBody(await listSessions({ ctx: c.var.ctx, input })), 200);
  });
  routes.openapi(endRoute, async (c) => {
    await endSession({ ctx: c.var.ctx, input: c.req.valid("param") });
    deps.access.forget();
    return c.body(null, 204);
  });
  routes.openapi(endOthersRoute, async (c) => {
    const { person } = c.req.valid("query");
    const { ctx } = c.var;
    const ended = await (person === undefined
      ? endOtherSessions({ ctx })
      : endSessionsOf({ ctx, input: { personId: person } }));
    deps.access.forget();
    return c.json({ ended }, 200);
  });
  return routes;
}
