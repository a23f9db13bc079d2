/** What a spec may hold, for the API's description; domain/catalogue checks it. */
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
