import { z } from "zod";
import { type Parsed, parseSpec } from "../catalogue/parse-spec.ts";
import * as read from "../catalogue/read-fields.ts";
import { sayFound } from "../fault.ts";
import { isObject } from "../protocol/values.ts";
import { type SecretRef, secretRef, secretRefObject } from "./secret-ref.ts";

/** No passwords in a URL: it is shown wherever the channel is. */
const httpUrl = read.quietField(
  "must be a URL that begins with http:// or https:// and holds no user name, password or fragment",
  read.text,
  readUrl,
);

function readUrl(value: unknown): string | null {
  if (typeof value !== "string" || value.length > 2_000 || !URL.canParse(value)) return null;
  const { protocol, username, password, hash } = new URL(value);
  return /^https?:$/.test(protocol) && username === "" && password === "" && hash === "" ? value : null;
}

const address = read.matching(
  "must be a mail address like oncall@example.com",
  /^[^\s@,;<>"]{1,64}@[^\s@,;<>"]{1,255}$/,
);

const port = read.field<number, number>(
  "must be a port from 1 to 65535",
  { type: "integer", minimum: 1, maximum: 65_535 },
  (value) =>
    Number.isInteger(value) && (value as number) >= 1 && (value as number) <= 65_535 ? (value as number) : null,
);

/** A disabled channel stays in its receivers, but nothing is sent to it. */
const enabled = read.flag.default(true);

const pagerduty = read.object({
  type: z.literal("pagerduty"),
  routingKey: secretRef,
  /** The secret of the webhook subscription that reports acknowledgements in PagerDuty. */
  webhookSecret: secretRef.optional(),
  /** For PagerDuty's EU region: https://events.eu.pagerduty.com */
  url: httpUrl.default("https://events.pagerduty.com"),
  owner: read.owner,
  enabled,
});

const slack = read
  .object({
    type: z.literal("slack"),
    /** An incoming webhook's URL, which is itself a secret. */
    url: secretRef.optional(),
    /** A bot's token and the channel to post to: only this way can a message be edited. */
    token: secretRef.optional(),
    channel: read.line.optional(),
    /** The app's signing secret: with it, messages have a button that acknowledges. */
    signingSecret: secretRef.optional(),
    owner: read.owner,
    enabled,
  })
  .refine(
    (spec) => (spec.url ? !spec.token && !spec.channel : spec.token && spec.channel),
    "must have either url (an incoming webhook), or token and channel (a bot, which can edit its messages)",
  );

const teams = read.object({
  type: z.literal("teams"),
  /** Of a workflow that posts webhook requests to a channel; it is itself a secret. */
  url: secretRef,
  owner: read.owner,
  enabled,
});

const responder = read.object({
  type: read.oneOf(["team", "user", "escalation", "schedule"]),
  /** Of a user the user name, which is a mail address. */
  name: read.line,
});

const opsgenie = read.object({
  type: z.literal("opsgenie"),
  /** Of an integration of type API. */
  apiKey: secretRef,
  /** For Opsgenie's EU region: https://api.eu.opsgenie.com */
  url: httpUrl.default("https://api.opsgenie.com"),
  /** Who is alerted; empty: as the integration is set up. */
  responders: z
    .array(responder, "must be a list of responders like {type: team, name: data-delivery}")
    .max(50, "must be at most 50 responders")
    .default(() => []),
  owner: read.owner,
  enabled,
});

const webhook = read.object({
  type: z.literal("webhook"),
  url: read.quietField<string | SecretRef, string | SecretRef>(
    "must be a URL that begins with http:// or https:// and holds no user name, password or fragment, or {env: TIDEMARK_SECRET_…}",
    { anyOf: [read.text, secretRefObject] },
    (value) => readUrl(value) ?? secretRef.safeParse(value).data ?? null,
  ),
  /** The first one signs; receivers are given all of them while a secret is rotated. */
  secrets: z
    .array(secretRef, "must be a list of {env: TIDEMARK_SECRET_…}")
    .max(5, "must be at most 5 secrets")
    .default(() => []),
  allowPrivate: read.flag.default(false),
  owner: read.owner,
  enabled,
});

/** Limits the digest to these service levels; absent: all. */
const digestScope = read.object({ tier: read.line.optional(), owner: read.name.optional() });

/** true: all; null, once parsed: none is sent. */
const monthlyDigest = (
  z
    .unknown()
    .transform((found, context) => {
      if (found === true) return {};
      if (found === false) return null;
      if (isObject(found)) return found;
      const must = "must be true, false, or the scope of the service levels: {tier, owner}";
      context.addIssue({ code: "custom", message: `${must}; found ${sayFound(found)}` });
      return z.NEVER;
    })
    .pipe(digestScope.nullable())
    .meta({
      anyOf: [{ type: "boolean" }, { type: "object", properties: { tier: read.text, owner: read.text } }],
      description:
        "Last month's service levels, once each month is frozen: of all types, or of a tier's or an owner's.",
    }) as z.ZodType<z.output<typeof digestScope> | null, boolean | z.input<typeof digestScope>>
).prefault(false);

const email = read.object({
  type: z.literal("email"),
  to: z.array(address, "must be a list of mail addresses").min(1, "must name a mail address"),
  from: address.optional(),
  smtp: read.object({
    host: read.line,
    port: port.optional(),
    user: read.line.optional(),
    password: secretRef.optional(),
    /** starttls: refused if the server does not support it; implicit: TLS from the first byte; none: unencrypted. */
    tls: read.oneOf(["starttls", "implicit", "none"]).default("starttls"),
  }),
  /** Last month's service levels, sent once the month is frozen. */
  monthlyDigest,
  owner: read.owner,
  enabled,
});

const alertmanager = read.object({
  type: z.literal("alertmanager"),
  url: httpUrl,
  basicAuth: read.object({ username: read.line, password: secretRef }).optional(),
  owner: read.owner,
  enabled,
});

const specs = [pagerduty, opsgenie, slack, teams, webhook, email, alertmanager] as const;

export const channelTypes = specs.map(({ shape }) => shape.type.value);

export const channelSpec = z
  .discriminatedUnion("type", specs, {
    error: (issue) => (issue.code === "invalid_union" ? `must be one of ${channelTypes.join(", ")}` : undefined),
  })
  .meta({
    id: "ChannelSpec",
    description: "It never has a secret: `{env: TIDEMARK_SECRET_…}` names the environment variable that holds it.",
  });

export type ChannelSpec = z.output<typeof channelSpec>;

/** A channel's spec as stored in a file or column; JSON pointers of faults start at the spec. */
export function parseChannel(spec: unknown): Parsed<ChannelSpec> {
  return parseSpec(channelSpec, spec);
}
