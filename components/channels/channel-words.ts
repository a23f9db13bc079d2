import type { ChannelJson } from "#domain/api/routing.ts";

/** Its target, in a few words: never a secret. */
export function targetText({ spec }: Pick<ChannelJson, "spec">): string {
  if (spec.type === "email") return spec.to.join(", ");
  if (spec.type === "slack") return spec.channel ?? "an incoming webhook";
  if (spec.type === "pagerduty") return "Events API v2";
  return typeof spec.url === "string" ? spec.url : "an address in the environment";
}

/** A document to start from, by type; secrets are named, never included. */
export const startingSpecs: Readonly<Record<ChannelJson["type"], { name: string; spec: object }>> = {
  pagerduty: { name: "on-call", spec: { type: "pagerduty", routingKey: { env: "PAGERDUTY_ROUTING_KEY" } } },
  slack: {
    name: "data-alerts",
    spec: { type: "slack", token: { env: "SLACK_BOT_TOKEN" }, channel: "C0123456789" },
  },
  webhook: {
    name: "automation",
    spec: { type: "webhook", url: "https://hooks.example.com/tidemark", secrets: [{ env: "HOOK_SECRET" }] },
  },
  email: {
    name: "data-team",
    spec: {
      type: "email",
      to: ["data-team@example.com"],
      from: "tidemark@example.com",
      smtp: { host: "smtp.example.com", port: 587, user: "tidemark", password: { env: "SMTP_PASSWORD" } },
    },
  },
  alertmanager: { name: "central", spec: { type: "alertmanager", url: "http://alertmanager.internal:9093" } },
};

/** The query for a channel's newest delivery. */
export function lastSearch(name: string): string {
  return `channel=${encodeURIComponent(name)}&limit=1`;
}

/** Its latest deliveries, on its own page. */
export function latestSearch(name: string): string {
  return `channel=${encodeURIComponent(name)}&limit=10`;
}
