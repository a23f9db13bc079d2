/** Tidemark's background loops, named as probes and pages name them. */
export const duties = [
  "storage",
  "clock",
  "ingest",
  "collecting",
  "current-hours",
  "judging",
  "corrections",
  "alerting",
  "delivery",
  "forecasting",
  "roll-up",
  "past-hours",
  "maintenance",
] as const;
export type Duty = (typeof duties)[number];

interface TurnSpec {
  duty: Duty;
  /** How often the loop normally comes round, in seconds of the product's time. */
  everySeconds: number;
  /** How long a turn may take, in real seconds. */
  boundSeconds: number;
}

/** Every loop that must keep running. */
export const turnSpecs = {
  pull: { duty: "ingest", everySeconds: 2, boundSeconds: 60 },
  collect: { duty: "collecting", everySeconds: 2, boundSeconds: 120 },
  "create-hours": { duty: "current-hours", everySeconds: 1, boundSeconds: 60 },
  judge: { duty: "judging", everySeconds: 1, boundSeconds: 60 },
  "judge-running": { duty: "judging", everySeconds: 1, boundSeconds: 120 },
  "judge-again": { duty: "past-hours", everySeconds: 1, boundSeconds: 120 },
  corrections: { duty: "corrections", everySeconds: 1, boundSeconds: 60 },
  purges: { duty: "corrections", everySeconds: 1, boundSeconds: 60 },
  "alert-judged": { duty: "alerting", everySeconds: 1, boundSeconds: 60 },
  alert: { duty: "alerting", everySeconds: 1, boundSeconds: 60 },
  volumes: { duty: "alerting", everySeconds: 60, boundSeconds: 240 },
  samples: { duty: "alerting", everySeconds: 60, boundSeconds: 240 },
  situations: { duty: "alerting", everySeconds: 1, boundSeconds: 120 },
  "send-notifications": { duty: "delivery", everySeconds: 1, boundSeconds: 60 },
  "send-webhooks": { duty: "delivery", everySeconds: 1, boundSeconds: 60 },
  "resend-alerts": { duty: "delivery", everySeconds: 1, boundSeconds: 60 },
  "decide-notifications": { duty: "delivery", everySeconds: 1, boundSeconds: 60 },
  escalate: { duty: "delivery", everySeconds: 1, boundSeconds: 60 },
  "reroute-alerts": { duty: "delivery", everySeconds: 1, boundSeconds: 60 },
  "consumer-messages": { duty: "delivery", everySeconds: 1, boundSeconds: 60 },
  forecast: { duty: "forecasting", everySeconds: 16, boundSeconds: 120 },
  "roll-up": { duty: "roll-up", everySeconds: 5, boundSeconds: 120 },
  digests: { duty: "delivery", everySeconds: 5, boundSeconds: 120 },
  "past-hours": { duty: "past-hours", everySeconds: 1, boundSeconds: 300 },
  maintain: { duty: "maintenance", everySeconds: 600, boundSeconds: 600 },
} as const satisfies Record<string, TurnSpec>;

export type TurnName = keyof typeof turnSpecs;

/** How many real seconds may pass between the ends of two turns. */
export function allowedAgeSeconds(name: TurnName, speed: number): number {
  const { everySeconds, boundSeconds } = turnSpecs[name];
  // In a fast drill loops come round no less often than in real time; in a slow one they wait longer.
  return Math.ceil(everySeconds / Math.min(1, speed)) + boundSeconds;
}
