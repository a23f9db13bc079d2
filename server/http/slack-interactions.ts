import { takenEventSchema } from "#domain/api/taken-event.ts";
import { takeSlackAction } from "#server/incidents/index.ts";
import { notifyOfIncidents } from "#server/notifications/index.ts";
import type { ApiDeps } from "./api-deps.ts";
import { bodyLimits } from "./limit-body.ts";
import { originOf } from "./origin.ts";
import { authenticatedBy, json, problems } from "./responses.ts";
import { type ApiRouter, createRouter, tagged } from "./router.ts";

const path = "/integrations/slack/interactions";

const actionRoute = tagged("incidents").post(path, authenticatedBy("slack"), {
  operationId: "takeSlackAction",
  summary: "Receive acknowledgements from Slack",
  description:
    "The Request URL of a Slack app's interactivity. `X-Slack-Signature` is checked against the `signingSecret` of the Slack channels; it holds for five minutes and is accepted once. A click without effect is answered 200 too.",
  request: {
    body: {
      required: true,
      content: {
        "application/x-www-form-urlencoded": {
          schema: { type: "object", properties: { payload: { type: "string" } }, required: ["payload"] },
        },
      },
    },
  },
  responses: { 200: json(takenEventSchema, "The effect of the click."), ...problems(400, 413) },
});

/** Clicks on buttons of messages that Tidemark sent to Slack. They have no token: they are signed. */
export function slackInteractionRoutes({ database, clock, readSecret }: ApiDeps): ApiRouter {
  const routes = createRouter(bodyLimits.signed);
  routes.openapi(actionRoute, async (c) => {
    const input = {
      body: new Uint8Array(await c.req.arrayBuffer()),
      signature: c.req.header("x-slack-signature") ?? null,
      timestamp: c.req.header("x-slack-request-timestamp") ?? null,
    };
    const deps = { database, clock, readSecret, listener: notifyOfIncidents, from: originOf(c, "slack") };
    return c.json(await takeSlackAction(deps, input), 200);
  });
  return routes;
}
