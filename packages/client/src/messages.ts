import type { components } from "./wire.ts";

type Wire = components["schemas"];

/** Where events are counted, in the order they pass. */
export type Stage = CountersData["stage"];

export type CountersData = Wire["CountersData"];
export type HourClosedData = Wire["HourClosedData"];
export type HeartbeatData = Wire["HeartbeatData"];
export type DeploymentData = Wire["DeploymentData"];
export type BacklogData = Wire["BacklogData"];

/** A message's CloudEvents `type` and its data, as in schemas/tidemark.schema.json. */
export type EventData = { [Event in Wire["CloudEvent"] as Event["type"]]: Event["data"] };

export interface CloudEvent<Type extends keyof EventData = keyof EventData>
  extends Omit<Wire["CountersEvent"], "type" | "data"> {
  type: Type;
  data: EventData[Type];
}

/** The name of the UTC hour that contains an instant: 2026-11-22T13. */
export function hourOf(instant: Date): string {
  return instant.toISOString().slice(0, 13);
}
