import { z } from "zod";
import { type Parsed, parseSpec } from "../catalogue/parse-spec.ts";
import * as read from "../catalogue/read-fields.ts";
import { sayFound } from "../fault.ts";
import { isObject } from "../protocol/values.ts";
import { quietField, type SecretRef, secretRef } from "./secret-ref.ts";

/** A URL is no place for a password: it is shown wherever the channel is. */
const httpUrl = quietField(
  "must be a URL that begins with http:// or https:// and holds no user name, password or fragment",
  readUrl,
);

function readUrl(value: unknown): string | null {
  if (typeof value !== "string" || value.length > 2_000 || !URL.canParse(value)) return null;
  const { protocol, username, password, hash } = new URL(value);
  return /^https?:$/.test(protocol) && username === "" && password === "" && hash === "" ? value : null;
}

const address = read.field("must be a mail address like oncall@example.com", (value) =>
  typeof value === "string" && /^[^\s@,;<>"]{1,64}@[^\s@,;<>"]{1,255}$/.test(value) ? value : null,
);

const port = read.field("must be a port from 1 to 65535", (value) =>
  Number.isInteger(value) && (value as number) >= 1 && (value as number) <= 65_535 ? (value as number) : null,
);

/** Switched off, a channel keeps its place in the receivers, and what would go there is not sent. */
const enabled = read.flag.default(true);

const pagerduty = read.object({
  type: z.literal("pagerduty"),
  routingKey: secretRef,
  /** Of the webhook subscription that tells who acknowledged in PagerDuty. */
  webhookSecret: secretRef.optional(),
  /** For PagerDuty's EU region: https://events.eu.pagerduty.com */
  url: httpUrl.default("https://events.pagerduty.com"),
  enabled,
});

const slack = read
  .object({
    type: z.literal("slack"),
    /** An incoming webhook's URL, which is a secret itself. */
    url: secretRef.optional(),
    /** A bot's token and the channel to post to: only so can a message be edited. */
    token: secretRef.optional(),
    channel: read.line.optional(),
    enabled,
  })
  .refine(
    (spec) => (spec.url ? !spec.token && !spec.channel : spec.token && spec.channel),
    "must have either url (an incoming webhook), or token and channel (a bot, which edits its own messages)",
  );

const webhook = read.object({
  type: z.literal("webhook"),
  url: quietField(
    "must be a URL that begins with http:// or https:// and holds no user name, password or fragment, or {env: NAME}",
    (value): string | SecretRef | null => readUrl(value) ?? secretRef.safeParse(value).data ?? null,
  ),
  /** The first signs; receivers are told all of them while a secret is being replaced. */
  secrets: z
    .array(secretRef, "must be a list of {env: NAME}")
    .max(5, "must be at most 5 secrets")
    .default(() => []),
  allowPrivate: read.flag.default(false),
  enabled,
});

/** Whose service levels the digest tells; nothing said: everybody's. */
const digestScope = read.object({ tier: read.line.optional(), owner: read.name.optional() });

/** true: of everybody; null, once read: none is sent. */
const monthlyDigest = z
  .unknown()
  .transform((found, context) => {
    if (found === true) return {};
    if (found === false) return null;
    if (isObject(found)) return found;
    const must = "must be true, false, or whose service levels it tells: {tier, owner}";
    context.addIssue({ code: "custom", message: `${must}; found ${sayFound(found)}` });
    return z.NEVER;
  })
  .pipe(digestScope.nullable())
  .default(null);

const email = read.object({
  type: z.literal("email"),
  to: z.array(address, "must be a list of mail addresses").min(1, "must name a mail address"),
  from: address.optional(),
  smtp: read.object({
    host: read.line,
    port: port.optional(),
    user: read.line.optional(),
    password: secretRef.optional(),
    /** starttls: the connection is refused where the server cannot; implicit: TLS from the first byte; none: in the clear. */
    tls: read.oneOf(["starttls", "implicit", "none"]).default("starttls"),
  }),
  /** Last month's service levels, once each month is frozen. */
  monthlyDigest,
  enabled,
});

const alertmanager = read.object({
  type: z.literal("alertmanager"),
  url: httpUrl,
  basicAuth: read.object({ username: read.line, password: secretRef }).optional(),
  enabled,
});

export const channelTypes = ["pagerduty", "slack", "webhook", "email", "alertmanager"] as const;

export const channelSpec = z.discriminatedUnion("type", [pagerduty, slack, webhook, email, alertmanager], {
  error: (issue) => (issue.code === "invalid_union" ? `must be one of ${channelTypes.join(", ")}` : undefined),
});

export type ChannelSpec = z.output<typeof channelSpec>;

/** A channel's spec as a file or its column has it; pointers of faults begin at the spec. */
export function parseChannel(spec: unknown): Parsed<ChannelSpec> {
  return parseSpec(channelSpec, spec);
}
