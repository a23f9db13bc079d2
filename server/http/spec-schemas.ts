/** A spec's fields, for the API description only; domain/catalogue checks it. */
const hour = { type: "string" as const, description: "An hour's start.", examples: ["2026-11-22T13"] };
const share = {
  anyOf: [{ type: "number" as const, minimum: 0, maximum: 1 }, { type: "string" as const }],
  examples: [0.0001, "0.01%"],
};
const duration = { type: "string" as const, pattern: "^\\d+[smhd]$", examples: ["90s", "60m", "2h", "3d"] };
const activeFrom = { ...hour, description: "The first hour that counts; when it was claimed, if left out." };
const activeTo = { ...hour, description: "The first hour that counts no longer: how something is retired." };

export const eventTypeSpecSchema = {
  type: "object" as const,
  required: ["owner", "tier"],
  properties: {
    owner: { type: "string" as const },
    tier: { type: "string" as const, description: "high, normal, low, or a tier of your own." },
    deadline: { ...duration, description: "After the hour's end; the tier's, if left out." },
    datacenters: {
      type: "array" as const,
      items: { type: "string" as const },
      description: "Where events are expected from; every claimed datacenter active in the hour, if left out.",
    },
    activeFrom,
    activeTo,
    maxLost: { ...share, description: "The tolerated share of lost events." },
    maxDuplicated: { ...share, description: "The tolerated share of duplicated events." },
    settle: { ...duration, description: "How long counts may still change after the closing." },
    impliedZero: {
      type: "boolean" as const,
      default: true,
      description:
        "Whether a datacenter that reported produced counts of other types in an hour, and none of this one, produced none of it. `false`: it is unknown until it reports this type, 0 included.",
    },
    expectReporters: {
      type: "boolean" as const,
      default: false,
      description:
        "`true`: a reporter that counted the type in at least 20 of the last 24 hours is expected to count it again; until it does, its datacenter's produced count is unknown.",
    },
    objectives: {
      type: "object" as const,
      description: "The shares that are promised; the tier's, where left out.",
      properties: { timeliness: share, completeness: share, skew: share },
    },
    description: { type: "string" as const },
    labels: { type: "object" as const, additionalProperties: { type: "string" as const } },
  },
};

export const datacenterSpecSchema = {
  type: "object" as const,
  properties: { displayName: { type: "string" as const }, activeFrom, activeTo },
};

const text = { type: "string" as const };
const anyObject = { type: "object" as const };
const matchers = {
  type: "array" as const,
  items: {
    anyOf: [
      { type: "string" as const, examples: ['severity="page"', 'dc=~"ams|lon"'] },
      {
        type: "object" as const,
        required: ["name", "value"],
        properties: {
          name: text,
          value: text,
          isRegex: { type: "boolean" as const },
          isEqual: { type: "boolean" as const },
        },
      },
    ],
  },
  description: "All must hold. Expressions are RE2's, anchored at both ends.",
};
const instant = { type: "string" as const, format: "date-time" };
const recurrence = {
  type: "array" as const,
  items: anyObject,
  description: "Time intervals as the routing tree writes them: only within these it silences.",
};

export const silenceRequestSchema = {
  type: "object" as const,
  required: ["matchers", "reason"],
  properties: {
    matchers,
    startsAt: { ...instant, description: "Now, if left out." },
    endsAt: { ...instant, description: "This, or duration, must be there." },
    duration: { ...duration, description: "From its start." },
    recurrence,
    reason: text,
  },
};

export const silenceDraftSchema = {
  type: "object" as const,
  required: ["matchers"],
  properties: { matchers, startsAt: instant, endsAt: instant, recurrence },
};

export const extensionSchema = {
  type: "object" as const,
  properties: {
    duration: { ...duration, description: "From its present end. This, or endsAt, must be there." },
    endsAt: instant,
  },
};

export const channelSpecSchema = {
  type: "object" as const,
  required: ["type"],
  description: "docs/alerting-routing.md lists what each type holds.",
  properties: {
    type: { type: "string" as const, enum: ["pagerduty", "slack", "webhook", "email", "alertmanager"] },
    enabled: { type: "boolean" as const },
    monthlyDigest: {
      anyOf: [{ type: "boolean" as const }, { type: "object" as const, properties: { tier: text, owner: text } }],
      description:
        "Of type email: last month's service levels, once each month is frozen; of everybody, or of a tier's or an owner's types.",
    },
  },
  additionalProperties: true,
};

const routeSchema = {
  type: "object" as const,
  properties: {
    receiver: text,
    groupBy: { type: "array" as const, items: text },
    groupWait: duration,
    groupInterval: duration,
    repeatInterval: duration,
    matchers,
    continue: { type: "boolean" as const },
    muteTimeIntervals: { type: "array" as const, items: text },
    activeTimeIntervals: { type: "array" as const, items: text },
    routes: { type: "array" as const, items: { ...anyObject, description: "Routes like this one." } },
  },
};

export const routingTreeSpecSchema = {
  type: "object" as const,
  required: ["route", "receivers"],
  properties: {
    route: routeSchema,
    receivers: {
      type: "array" as const,
      items: {
        type: "object" as const,
        required: ["name"],
        properties: {
          name: text,
          channels: { type: "array" as const, items: text },
          sendResolved: { type: "boolean" as const },
          escalation: {
            type: "array" as const,
            items: {
              type: "object" as const,
              required: ["after", "channels"],
              properties: { after: duration, channels: { type: "array" as const, items: text } },
            },
          },
        },
      },
    },
    inhibitRules: {
      type: "array" as const,
      items: {
        type: "object" as const,
        required: ["sourceMatchers", "targetMatchers"],
        properties: {
          sourceMatchers: matchers,
          targetMatchers: matchers,
          equal: { type: "array" as const, items: text },
        },
      },
    },
    timeIntervals: {
      type: "array" as const,
      items: {
        type: "object" as const,
        required: ["name", "timeIntervals"],
        properties: { name: text, timeIntervals: { type: "array" as const, items: anyObject } },
      },
    },
  },
};
