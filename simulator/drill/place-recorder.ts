import type { InstanceFact } from "#domain/explain.ts";
import type { Stage } from "#domain/protocol.ts";
import type { HourFigures, PlaceFacts } from "#domain/situation/facts.ts";
import { canSpeakAt, lastHeardAt, losesHost } from "../reachability.ts";
import { type Component, instances, runningAt } from "../releases.ts";
import type { Simulation } from "../simulation.ts";
import { LaneRecorder } from "./lane-recorder.ts";

const heartbeatMs = 30_000;

export const stageOf: Record<Component, Stage> = {
  "event-service": "produced",
  "pubsub-bridge": "published",
  exporter: "delivered",
};

/** One datacenter's samples. */
export class PlaceRecorder {
  readonly datacenter: string;
  readonly atMs: number[] = [];
  readonly heardMs: number[] = [];
  readonly lanes: readonly LaneRecorder[];
  readonly #simulation: Simulation;

  constructor(simulation: Simulation, datacenter: string) {
    this.#simulation = simulation;
    this.datacenter = datacenter;
    this.lanes = (simulation.lanes.get(datacenter) ?? []).map((lane) => new LaneRecorder(simulation, lane));
  }

  record(atMs: number): void {
    const isSilent = !canSpeakAt(this.#simulation.incidents, this.datacenter, null, new Date(atMs));
    this.atMs.push(atMs);
    this.heardMs.push(isSilent ? (this.heardMs.at(-1) ?? atMs) : atMs);
    for (const lane of this.lanes) lane.record(atMs, isSilent);
  }

  /** `usualProduced`: by type. */
  facts(hours: readonly HourFigures[], usualProduced: ReadonlyMap<string, ReadonlyMap<number, number>>): PlaceFacts {
    const named = new Set(hours.map(({ eventType }) => eventType));
    return {
      datacenter: this.datacenter,
      atMs: this.atMs,
      heardMs: this.heardMs,
      lanes: this.lanes.map((lane) => {
        const name = lane.lane.type.name;
        return lane.facts(usualProduced.get(name) ?? new Map(), lane.isNamed || named.has(name));
      }),
      instances: this.#instances(new Date(this.atMs.at(-1) ?? 0)),
      hours,
    };
  }

  #instances(at: Date): InstanceFact[] {
    const { fleet, incidents } = this.#simulation;
    const { datacenter: dc } = this;
    return instances.map(({ component, instance }) => {
      const heardMs = lastHeardAt(incidents, dc, instance, at).getTime();
      const back = incidents.find(
        (each) => losesHost(each) && each.dc === dc && each.cause.instance === instance && each.toAt <= at,
      );
      const lastBeat = (ms: number) => new Date(Math.floor(ms / heartbeatMs) * heartbeatMs);
      const running = back ? runningAt(fleet, incidents, { dc, component, instance, at }) : null;
      return {
        component,
        instance,
        version: running?.version ?? null,
        startedAt: running?.startedAt ?? null,
        downFrom: back ? lastBeat(back.fromAt.getTime() - 1) : null,
        lastSeenAt: lastBeat(heardMs),
        stage: stageOf[component],
      };
    });
  }
}
