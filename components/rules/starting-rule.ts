import type { WrittenSpec } from "#components/forms/spec-path.ts";

/** Useful unchanged: a ticket before the deadline of high-tier types. */
export const startingRule: { name: string; spec: WrittenSpec } = {
  name: "deadline-half-gone",
  spec: {
    metric: "closing_delay",
    scope: { tier: ["high"] },
    threshold: "50%",
    for: "2m",
    keepFiringFor: "10m",
    severity: "ticket",
    summary: "{eventType}: {sentence}",
  },
};
