import { addHours, hourOf } from "#domain/hour.ts";
import type { Stage } from "#domain/protocol.ts";
import { countsAt, planHour } from "./hour-plan.ts";
import type { Throttle } from "./incidents.ts";
import { backlogMessage, type CloudEvent } from "./messages.ts";
import type { Lane, Simulation } from "./simulation.ts";
import { travelOf, watermarkAt } from "./travel.ts";

/** The stage before which events wait in such an incident. */
export function waitsBefore(throttle: Throttle): Stage {
  return throttle.kind === "network-cut" ? "published" : "delivered";
}

/** What waits before a stage: in the hosts' buffers before `published`, in the queue before `delivered`. */
export function backlogAt(simulation: Simulation, lane: Lane, stage: Stage, at: Date) {
  const watermark = watermarkAt(simulation, lane, at);
  const travel = travelOf(simulation, lane, hourOf(watermark));
  const publishedThrough = travel.publishedThroughMs(at.getTime());
  let messages = 0;
  for (let hour = hourOf(watermark); hour <= at; hour = addHours(hour, 1)) {
    const plan = planHour(simulation, lane, hour);
    const { produced, published, delivered } = countsAt(plan, at);
    const landed = delivered.reduce((sum, { events }) => sum + events, 0);
    messages += Math.max(0, stage === "published" ? produced - published : published - landed);
  }
  const oldestMs = stage === "published" ? publishedThrough : travel.publishedAtMs(watermark.getTime());
  const ageMs = messages === 0 ? 0 : Math.max(0, at.getTime() - oldestMs);
  return { oldestAgeSeconds: Math.round(ageMs / 1000), messages };
}

/** The same as a reporter's gauge. */
export function backlogOf(simulation: Simulation, lane: Lane, stage: Stage, at: Date): CloudEvent {
  const dc = lane.dc.name;
  const { oldestAgeSeconds, messages } = backlogAt(simulation, lane, stage, at);
  const instance = stage === "published" ? "pubsub-bridge-1" : "pubsub-monitor";
  return backlogMessage({ dc, instance, at, eventType: lane.type.name, stage, oldestAgeSeconds, messages });
}
