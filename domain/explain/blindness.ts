import { formatElapsed } from "../duration.ts";
import { staleAfterSeconds } from "../reasons.ts";
import { finalStates } from "../revision.ts";
import type { Cause } from "./cause.ts";
import type { TroubledHour } from "./hour-facts.ts";
import { evidenceOf, scoreOf, sign } from "./score.ts";
import { addSeconds } from "./words.ts";

/** Tidemark ingests nothing: silence of all datacenters is then more likely its own fault. */
export function isBlind({ telemetryAgeSeconds }: Pick<TroubledHour, "telemetryAgeSeconds">): boolean {
  return telemetryAgeSeconds === null || telemetryAgeSeconds > staleAfterSeconds;
}

/** For hours still to close; what is final was known before. */
export function explainBlindness(hour: TroubledHour): Cause[] {
  if (!isBlind(hour) || finalStates.has(hour.state) || hour.closedAt) return [];
  const age = hour.telemetryAgeSeconds;
  const since = age === null ? null : addSeconds(hour.now, -age);
  const fact =
    age === null
      ? "Tidemark has not received any message yet."
      : `Tidemark has received no message from any datacenter for ${formatElapsed(age)}.`;
  const signs = [sign({ fact, weight: 0.95, at: since, figure: age, unit: "seconds" })];
  return [
    {
      code: "telemetry_blind",
      datacenter: null,
      stage: null,
      since,
      component: null,
      instance: null,
      version: null,
      deploymentId: null,
      score: scoreOf(signs),
      sentence: `${fact} Delivery itself may be fine: check the queue's subscription and Tidemark's ingest first.`,
      evidence: evidenceOf(signs),
    },
  ];
}
