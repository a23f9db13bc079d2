import { z } from "@hono/zod-openapi";
import { matrixSchema } from "#domain/api/matrix.ts";
import { parseHour } from "#domain/hour.ts";
import { readMatrix } from "#server/verdicts/index.ts";
import type { ApiDeps } from "./api-deps.ts";
import { tagApartFromMoment } from "./caching.ts";
import { readPast } from "./read-past.ts";
import { json, needs, problems } from "./responses.ts";
import { type ApiRouter, createRouter, tagged } from "./router.ts";

const dayMs = 86_400_000;

const route = tagged("hours").get("/matrix", needs("read"), {
  operationId: "readMatrix",
  summary: "Every claimed type's hours of a range, one character a cell",
  description: `A row a type, by name; in its texts a character an hour, \`from\` first. Months of hours fit into one small answer.

In \`delays\`, \`lost\`, \`duplicated\` and \`skewed\` a character stands for a number, by its code point p: p − 35 below 92, p − 36 from 93 to 126, p − 70 from 161 on. A text that would hold zeros alone is empty. How a number is read stands with each text.`,
  request: {
    query: z.object({
      from: z.string().optional().meta({ description: "The first hour. Default: 31 days before `to`." }),
      to: z.string().optional().meta({
        description: "The hour to stop before, at most 93 days after `from`. Default: the next hour.",
      }),
    }),
  },
  responses: { 200: json(matrixSchema, "The matrix."), ...problems(400) },
});

export function matrixRoutes(deps: ApiDeps): ApiRouter {
  const routes = createRouter();
  routes.openapi(route, async (c) => {
    const input = c.req.valid("query");
    const to = parseHour(input.to ?? "");
    const isPast = to !== null && to.getTime() <= Math.floor(c.var.ctx.clock.now().getTime() / dayMs) * dayMs;
    // Of today, the screen reloads as soon as something is committed, which a replica may not have yet.
    const matrix = await (isPast
      ? readPast(deps, c.var.ctx, (ctx) => readMatrix({ ctx, input }))
      : readMatrix({ ctx: c.var.ctx, input }));
    tagApartFromMoment(c, matrix);
    return c.json(matrix, 200);
  });
  return routes;
}
