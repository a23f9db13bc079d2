import { z } from "@hono/zod-openapi";
import { alertWebhookSchema, consumerWebhookSchema } from "#domain/api/webhooks.ts";

const headers = z.object({
  "webhook-id": z.string().meta({ description: "The same at every attempt: drop a message that you already have." }),
  "webhook-timestamp": z.string().meta({ description: "When this attempt was signed, in seconds since 1970." }),
  "webhook-signature": z
    .string()
    .optional()
    .meta({ description: "Standard Webhooks' signatures, separated by spaces; none without a secret." }),
});

function webhook(path: string, operationId: string, about: { summary: string; tag: string; schema: z.ZodType }) {
  const { summary, tag, schema } = about;
  return {
    method: "post" as const,
    path,
    operationId,
    summary,
    tags: [tag],
    security: [],
    request: { headers, body: { required: true, content: { "application/json": { schema } } } },
    responses: {
      200: { description: "Accepted, as with any 2xx." },
      410: { description: "Never send this message again. Every other answer is retried; redirects are not followed." },
    },
  };
}

/** What Tidemark sends: signed as Standard Webhooks specifies. */
export const webhooks = [
  webhook("consumer", "consumerWebhook", {
    summary: "An hour, a run of hours or a day that a consumer subscribed to",
    tag: "consumers",
    schema: consumerWebhookSchema,
  }),
  webhook("alert", "alertWebhook", {
    summary: "Alerts, to a channel of type webhook",
    tag: "routing",
    schema: alertWebhookSchema,
  }),
];
