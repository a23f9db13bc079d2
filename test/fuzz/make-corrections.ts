import { addHours, formatHour, hourOf } from "#domain/hour.ts";
import type { Chance } from "./chance.ts";
import { hostileValue, toText } from "./hostile-values.ts";
import { datacenters, eventTypes, type Json, lookBackHours } from "./make-events.ts";
import type { FuzzRequest } from "./make-requests.ts";

/** Corrections: valid, or with a member or two spoiled. */
export function makeCorrection(chance: Chance, now: Date): FuzzRequest {
  const body = chance.is(0.6) ? discard(chance, now) : reset(chance, now);
  if (chance.is(0.3)) {
    for (let times = 1 + chance.int(2); times > 0; times -= 1) {
      const key = chance.of([...Object.keys(body), "from", "to", "after", "stage", "action"]);
      body[key] = chance.is(0.2) ? undefined : hostileValue(chance, key);
    }
  }
  return correctionRequest("POST", chance.is(0.2) ? "?dryRun=true" : "", toText(body));
}

export function makeAcceptance(chance: Chance, now: Date): { eventType: string; from: Date; to: Date } {
  const from = addHours(hourOf(now), -1 - chance.int(lookBackHours));
  const to = addHours(from, chance.of([1, 1, 2, 5]));
  return { eventType: chance.of(eventTypes), from, to: new Date(Math.min(to.getTime(), hourOf(now).getTime())) };
}

export function acceptanceRequest({ eventType, from, to }: { eventType: string; from: Date; to: Date }): FuzzRequest {
  const body = { action: "accept-hour", eventType, from: formatHour(from), to: formatHour(to), reason: "Fuzz." };
  return correctionRequest("POST", "", JSON.stringify(body));
}

export function makeUndoing(chance: Chance, ids: readonly string[]): FuzzRequest {
  const id =
    ids.length === 0 || chance.is(0.1) ? chance.of(["0", "999999999", "x", "-1", "1e3", "%00"]) : chance.of(ids);
  return correctionRequest("DELETE", `/${id}${chance.is(0.3) ? "?reason=Fuzz." : ""}`, "");
}

function correctionRequest(method: "POST" | "DELETE", rest: string, text: string): FuzzRequest {
  return {
    method,
    path: `/api/v1/corrections${rest}`,
    headers: { "content-type": "application/json" },
    body: new Uint8Array(Buffer.from(text)),
    inputs: 1,
  };
}

function discard(chance: Chance, now: Date): Json {
  const from = addHours(hourOf(now), -chance.int(lookBackHours));
  const stage = chance.of(["produced", "published", "delivered"]);
  return {
    action: "discard-counts",
    eventType: chance.of(eventTypes),
    datacenter: chance.of(datacenters),
    ...(chance.is(0.6) ? { stage } : {}),
    ...(chance.is(0.5) ? { reporter: `${stage}-${chance.int(2)}` } : {}),
    ...(chance.is(0.8) ? { from: formatHour(from) } : {}),
    ...(chance.is(0.8) ? { to: formatHour(addHours(from, 1 + chance.int(8))) } : {}),
    reason: "Fuzz.",
  };
}

function reset(chance: Chance, now: Date): Json {
  return {
    action: "reset-watermark",
    datacenter: chance.of(datacenters),
    ...(chance.is(0.7) ? { eventType: chance.of(eventTypes) } : {}),
    after: new Date(now.getTime() - chance.int(12 * 3_600_000)).toISOString(),
    reason: "Fuzz.",
  };
}
