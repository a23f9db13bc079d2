import type { z } from "@hono/zod-openapi";
import { alertRuleSpec } from "#domain/alert-rule.ts";
import { acceptedSchema } from "#domain/api/accepted.ts";
import { jsonValueSchema } from "#domain/api/catalogue.ts";
import { onCallOverrideRequest } from "#domain/api/on-call.ts";
import { silenceRequest, silenceUpdate } from "#domain/api/silences.ts";
import { forecastSchema } from "#domain/api/verdict.ts";
import { catalogueDocument, datacenterSpec, eventTypeSpec, tierSpec } from "#domain/catalogue.ts";
import { channelSpec } from "#domain/channel.ts";
import { deploymentHookSpec } from "#domain/deployment-hook.ts";
import { onCallScheduleSpec } from "#domain/on-call.ts";
import { cloudEvent, cloudEventData } from "#domain/protocol.ts";
import { routeSpec, routingTreeSpec } from "#domain/routing.ts";
import { silenceDraft, silenceExtension } from "#domain/silence.ts";
import { sourceSpec } from "#domain/source.ts";
import { pagerdutyEvent } from "#server/incidents/index.ts";
import { problemKinds } from "./problem-kinds.ts";
import type { ApiRouter } from "./router.ts";
import { webhooks } from "./webhooks.ts";

export type ApiDocument = ReturnType<ApiRouter["getOpenAPI31Document"]>;
type PathItem = NonNullable<ApiDocument["paths"]>[string];
type Operation = NonNullable<PathItem["get"]>;

const introduction = `Is this hour complete, and if not, when will it be?

Instants are RFC 3339 in UTC. An hour is named by its start: \`2026-11-22T13\`; \`…T13Z\`, \`…T13:00Z\` and \`…T13:00:00Z\` are read too.
Lists answer \`{items, nextCursor}\`: send \`nextCursor\` back as \`cursor\` for the next page; \`null\` ends the list.
What GET answers of one thing can be sent back with PUT: what Tidemark computed is ignored, and nothing changes.
Answers to GET carry a strong \`ETag\`: send it back as \`If-None-Match\` and an unchanged answer is 304.
PUT and DELETE of what GET answers take its \`ETag\` as \`If-Match\`: 412 if someone changed it since. What Tidemark computes is no change.
What fails is \`application/problem+json\` (RFC 9457) with a sentence that says what to do. Every answer has an \`X-Request-Id\`.

## Problems

A problem's \`type\` is \`/api/docs#problem-\` and its name here:

| Name | Status | Title | Meaning |
| --- | --- | --- | --- |
${Object.entries(problemKinds)
  .map(([name, { status, title, meaning }]) => `| \`${name}\` | ${status} | ${title} | ${meaning} |`)
  .join("\n")}`;

const scopeTable = `A token (\`tm_…\`) made by \`tidemark token create\` or \`POST /api/v1/tokens\`, or the value of \`TIDEMARK_ADMIN_TOKEN\`.

- \`ingest\`: send events
- \`read\`: read everything but people and tokens
- \`respond\`: acknowledge and silence alerts, excuse hours
- \`write\`: change the catalogue and the rules, send rejected messages again
- \`admin\`: everything; people, sessions and tokens too`;

export const tags = [
  { name: "events", description: "What reporters send." },
  {
    name: "catalogue",
    description: "Event types, datacenters, tiers and every other document.",
  },
  { name: "hours", description: "Verdicts: is an hour complete, and the gate that jobs wait on." },
  { name: "consumers", description: "Consumers of event types, and their webhooks." },
  { name: "volume", description: "The expected volume, and marked incidents that it is not learned from." },
  { name: "board", description: "Every event type now." },
  { name: "alerts", description: "Alert rules and their alerts." },
  { name: "incidents", description: "The alerts of one cause, its affected hours and the response to it." },
  { name: "routing", description: "Where alerts go: the routing tree and the channels." },
  { name: "on-call", description: "Who is on call: rotations, overrides and calendars." },
  { name: "corrections", description: "Facts that were set aside, and accepted hours." },
  { name: "silences", description: "Silences, with their reasons." },
  { name: "deliveries", description: "The delivery log, with every attempt, and tests of channels." },
  { name: "service levels", description: "Objectives, attainment, error budgets and restatements." },
  { name: "deployments", description: "Deployments and their effects." },
  { name: "sources", description: "Systems outside that already measure events, and what is collected from them." },
  { name: "rejected messages", description: "Bad input, kept for inspection and resubmission." },
  { name: "access", description: "Tokens, people and the browsers that are signed in." },
  { name: "status", description: "The state of Tidemark itself." },
] as const;

/** Schemas that routes only refer to; and those that would otherwise be met first where they may be null. */
const named: readonly z.ZodType[] = [
  acceptedSchema,
  alertRuleSpec,
  catalogueDocument,
  channelSpec,
  cloudEvent,
  cloudEventData,
  datacenterSpec,
  deploymentHookSpec,
  eventTypeSpec,
  forecastSchema,
  jsonValueSchema,
  onCallOverrideRequest,
  onCallScheduleSpec,
  pagerdutyEvent,
  routeSpec,
  routingTreeSpec,
  silenceDraft,
  silenceExtension,
  silenceRequest,
  silenceUpdate,
  sourceSpec,
  tierSpec,
];

/** The whole API as OpenAPI 3.1, generated from the routes' schemas. */
export function describeApi(api: ApiRouter, version: string, basePath = ""): ApiDocument {
  const { openAPIRegistry } = api;
  // Copied: the registry takes schemas made since zod-openapi extended zod.
  for (const schema of named) openAPIRegistry.register(String(schema.meta()?.id), schema.clone());
  for (const webhook of webhooks) openAPIRegistry.registerWebhook(webhook);
  const document = api.getOpenAPI31Document({
    openapi: "3.1.0",
    info: {
      title: "Tidemark API",
      version,
      description: introduction,
      license: { name: "Apache-2.0", url: "https://www.apache.org/licenses/LICENSE-2.0" },
    },
    servers: [{ url: basePath || "/", description: "This server" }],
    tags: tags.map((tag) => ({ ...tag })),
  });
  document.components = {
    ...document.components,
    securitySchemes: {
      bearer: { type: "http", scheme: "bearer", bearerFormat: "tm_…", description: scopeTable },
      pagerduty: {
        type: "apiKey",
        in: "header",
        name: "X-PagerDuty-Signature",
        description:
          "PagerDuty's own: `v1=` and the body's HMAC-SHA-256 under the webhook subscription's secret, in hex.",
      },
      slack: {
        type: "apiKey",
        in: "header",
        name: "X-Slack-Signature",
        description:
          "Slack's own: `v0=` and the HMAC-SHA-256 of `v0:timestamp:body` under the app's signing secret, in hex.",
      },
      hook: {
        type: "apiKey",
        in: "header",
        name: "X-Hub-Signature-256",
        description:
          "GitHub's own: `sha256=` and the body's HMAC-SHA-256 under the hook's secret, in hex. GitLab sends X-Gitlab-Token or a Standard Webhooks signature, Argo CD and Spinnaker the secret in Authorization.",
      },
      session: {
        type: "apiKey",
        in: "cookie",
        name: "tidemark_session",
        description:
          "A signed-in browser's session, or an open dashboard's visitor. What changes something is taken from Tidemark's own pages only. With an https TIDEMARK_PUBLIC_URL the name is `__Host-tidemark_session`, and below a base path the path follows it.",
      },
    },
  };
  for (const item of Object.values(document.paths ?? {})) if (item.get) describeEntityTag(item.get);
  return JSON.parse(JSON.stringify(document), orNull) as ApiDocument;
}

/** The generator writes a nullable reference as both at once, which null never is. */
function orNull(_key: string, value: unknown): unknown {
  if (typeof value !== "object" || value === null || !("allOf" in value) || !Array.isArray(value.allOf)) return value;
  const { allOf, ...rest } = value;
  const [reference, nullable] = allOf as { $ref?: string; type?: unknown }[];
  const isNullable = reference?.$ref !== undefined && Array.isArray(nullable?.type) && nullable.type.includes("null");
  return isNullable ? { ...rest, anyOf: [reference, { type: "null" }] } : value;
}

/** Every GET has an ETag and can answer 304: described here once instead of in every route. */
function describeEntityTag(get: Operation): void {
  const ok = get.responses?.["200"];
  if (!ok || "$ref" in ok) return;
  const schema = { type: "string" as const };
  ok.headers = { ...ok.headers, ETag: { description: "Identifies this answer.", schema } };
  const ifNoneMatch = {
    name: "If-None-Match",
    in: "header" as const,
    required: false,
    description: "An `ETag` of an earlier answer.",
    schema,
  };
  get.parameters = [...(get.parameters ?? []), ifNoneMatch];
  get.responses = { ...get.responses, 304: { description: "Nothing changed since the answer with that `ETag`." } };
}
