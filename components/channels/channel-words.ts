import type { ChannelJson } from "#domain/api/routing.ts";

/** Its target, in a few words: never a secret. */
export function targetText({ spec }: Pick<ChannelJson, "spec">): string {
  if (spec.type === "email") return spec.to.join(", ");
  if (spec.type === "slack") return spec.channel ?? "an incoming webhook";
  if (spec.type === "pagerduty") return "Events API v2";
  if (spec.type === "opsgenie") return "Alert API v2";
  if (spec.type === "teams") return "a workflow";
  return typeof spec.url === "string" ? spec.url : "an address in the environment";
}

export const typeWords: Readonly<Record<ChannelJson["type"], string>> = {
  pagerduty: "PagerDuty",
  opsgenie: "Opsgenie",
  slack: "Slack",
  teams: "Microsoft Teams",
  webhook: "Webhook",
  email: "Email",
  alertmanager: "Alertmanager",
};

/** What a form starts from: secrets are named, never included. */
export const startingSpecs: Readonly<Record<ChannelJson["type"], Readonly<Record<string, unknown>>>> = {
  pagerduty: { type: "pagerduty", routingKey: { env: "TIDEMARK_SECRET_PAGERDUTY_ROUTING_KEY" } },
  opsgenie: { type: "opsgenie", apiKey: { env: "TIDEMARK_SECRET_OPSGENIE_API_KEY" } },
  slack: { type: "slack", token: { env: "TIDEMARK_SECRET_SLACK_BOT_TOKEN" } },
  teams: { type: "teams", url: { env: "TIDEMARK_SECRET_TEAMS_WORKFLOW_URL" } },
  webhook: { type: "webhook" },
  email: { type: "email", smtp: { port: 587 } },
  alertmanager: { type: "alertmanager" },
};

/** The query for a channel's newest delivery. */
export function lastSearch(name: string): string {
  return `channel=${encodeURIComponent(name)}&limit=1`;
}

/** Its latest deliveries, on its own page. */
export function latestSearch(name: string): string {
  return `channel=${encodeURIComponent(name)}&limit=10`;
}
