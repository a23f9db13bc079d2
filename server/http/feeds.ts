import { z } from "@hono/zod-openapi";
import type { Context as HonoContext } from "hono";
import {
  drawBadge,
  type FeedSource,
  listHappenings,
  readBadge,
  writeAtomFeed,
  writeJsonFeed,
} from "#server/consumers/index.ts";
import type { ApiDeps, ApiEnv } from "./api-deps.ts";
import { visitors } from "./authentication.ts";
import { opensToVisitors, problems } from "./responses.ts";
import { type ApiRouter, createRouter, tagged } from "./router.ts";

const route = tagged("consumers");

const params = z.object({ name: z.string().meta({ description: "The event type.", example: "EndSong" }) });
const text = (mediaType: string, description: string) => ({
  description,
  content: { [mediaType]: { schema: z.string() } },
});
const entries =
  "The hours of the last 31 days that were late, became complete after that, ended without being complete, or were amended; the newest first, at most 100.";

const badgeRoute = route.get("/event-types/{name}/badge.svg", opensToVisitors, {
  operationId: "readBadge",
  summary: "A badge: how far a type is complete",
  description: "For a page or a README: `completeThrough` and the worst state of the last 24 hours.",
  request: {
    params,
    query: z.object({
      through: z
        .string()
        .optional()
        .meta({ description: "Ignored. A page changes it so that browsers fetch the badge again." }),
    }),
  },
  responses: { 200: text("image/svg+xml", "The badge."), ...problems(404) },
});

const jsonRoute = route.get("/event-types/{name}/feed.json", opensToVisitors, {
  operationId: "readJsonFeed",
  summary: "Late, incomplete and amended hours as JSON Feed 1.1",
  description: entries,
  request: { params },
  responses: { 200: text("application/feed+json", "The feed."), ...problems(404) },
});

const atomRoute = route.get("/event-types/{name}/feed.atom", opensToVisitors, {
  operationId: "readAtomFeed",
  summary: "Late, incomplete and amended hours as Atom",
  description: entries,
  request: { params },
  responses: { 200: text("application/atom+xml", "The feed."), ...problems(404) },
});

/** For programs without tokens: wikis, feed readers. They may read what any visitor of an open dashboard may. */
export function feedRoutes(deps: ApiDeps): ApiRouter {
  const routes = createRouter();
  for (const file of ["badge.svg", "feed.json", "feed.atom"]) routes.use(`/event-types/:name/${file}`, visitors(deps));
  const caching = deps.access.dashboard === "open" ? "public, max-age=30" : "private, max-age=30";
  const readFeed = async (c: HonoContext<ApiEnv>, eventType: string): Promise<FeedSource> => {
    const { type, happenings } = await listHappenings({ ctx: c.var.ctx, input: { eventType } });
    const origin = deps.publicUrl ?? new URL(c.req.url).origin;
    return { eventType: type.name, activeFrom: type.activeFrom, happenings, origin };
  };
  const headers = (type: string) => ({ "content-type": type, "cache-control": caching });
  routes.openapi(badgeRoute, async (c) => {
    const badge = await readBadge({ ctx: c.var.ctx, input: { eventType: c.req.valid("param").name } });
    return c.body(drawBadge(badge), 200, headers("image/svg+xml; charset=utf-8"));
  });
  routes.openapi(jsonRoute, async (c) => {
    const feed = writeJsonFeed(await readFeed(c, c.req.valid("param").name));
    return c.body(feed, 200, headers("application/feed+json; charset=utf-8"));
  });
  routes.openapi(atomRoute, async (c) => {
    const feed = writeAtomFeed(await readFeed(c, c.req.valid("param").name));
    return c.body(feed, 200, headers("application/atom+xml; charset=utf-8"));
  });
  return routes;
}
