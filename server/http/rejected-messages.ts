import { rejectedMessageSchema, rejectedMessageSummarySchema } from "#domain/api/rejected-messages.ts";
import { listOf } from "#domain/api/shared.ts";
import { NotFound } from "#server/errors.ts";
import {
  listRejectedMessages,
  type RejectedMessage,
  readRejectedMessage,
  resubmitMessage,
} from "#server/facts/index.ts";
import { cutPage, readId } from "#server/page.ts";
import type { ApiDeps } from "./api-deps.ts";
import { readBytes } from "./body.ts";
import { idParams, pageQuery, readIdCursor, toListBody } from "./paging.ts";
import { json, needs, problems } from "./responses.ts";
import { type ApiRouter, createRouter, tagged } from "./router.ts";

const route = tagged("rejected messages");

const listRoute = route.get("/rejected-messages", needs("read"), {
  operationId: "listRejectedMessages",
  summary: "List rejected messages, the newest first",
  request: { query: pageQuery },
  responses: {
    200: json(listOf(rejectedMessageSummarySchema), "Rejected messages, without their payloads."),
    ...problems(400),
  },
});

const readRoute = route.get("/rejected-messages/{id}", needs("read"), {
  operationId: "readRejectedMessage",
  summary: "Read a rejected message with its payload",
  request: { params: idParams },
  responses: { 200: json(rejectedMessageSchema, "The rejected message."), ...problems(404) },
});

const resubmitRoute = route.post("/rejected-messages/{id}/resubmit", needs("write"), {
  operationId: "resubmitMessage",
  summary: "Resubmit a rejected message",
  description:
    "With a body, the body replaces the stored message: a corrected message or a whole event. Without a body, the stored message is submitted again.",
  request: {
    params: idParams,
    body: {
      required: false,
      content: { "application/octet-stream": { schema: { type: "string", description: "The corrected message." } } },
    },
  },
  responses: { 204: { description: "Accepted, and marked as resubmitted." }, ...problems(400, 404, 409, 413) },
});

export function rejectedMessageRoutes(deps: ApiDeps): ApiRouter {
  const routes = createRouter();
  routes.openapi(listRoute, async (c) => {
    const { cursor, limit } = c.req.valid("query");
    const before = readIdCursor(cursor);
    const input = { before, limit: limit + 1 };
    const messages = await listRejectedMessages({ ctx: c.var.ctx, input });
    const page = cutPage(messages, limit, (message) => message.id);
    return c.json(toListBody({ ...page, items: page.items.map(withoutPayload) }), 200);
  });
  routes.openapi(readRoute, async (c) => {
    const { id } = c.req.valid("param");
    const message = await readRejectedMessage({ ctx: c.var.ctx, input: { id: toKey(id) } });
    if (!message) throw unknownMessage(id);
    return c.json({ ...withoutPayload(message), payload: message.payload }, 200);
  });
  routes.openapi(resubmitRoute, async (c) => {
    const body = await readBytes(c);
    const input = { id: toKey(c.req.valid("param").id), payload: body.byteLength > 0 ? body : null };
    await resubmitMessage({ ctx: c.var.ctx, input, writer: deps.writer });
    return c.body(null, 204);
  });
  return routes;
}

function toKey(id: string): bigint {
  const key = readId(id);
  if (key === null) throw unknownMessage(id);
  return key;
}

function unknownMessage(id: string): NotFound {
  return new NotFound(`Rejected message "${id}" does not exist. GET /api/v1/rejected-messages lists stored messages.`);
}

function withoutPayload({ payload: _, ...summary }: RejectedMessage) {
  return summary;
}
