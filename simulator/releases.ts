import type { Fleet } from "./fleet.ts";
import { hosts, type Incident } from "./incidents.ts";
import { losesHost } from "./reachability.ts";

export const components = ["event-service", "pubsub-bridge", "exporter"] as const;
export type Component = (typeof components)[number];

/** What runs where, as heartbeats and reporters' names show it. */
export const instances: readonly { component: Component; instance: string }[] = [
  { component: "event-service", instance: "event-service-1" },
  { component: "event-service", instance: "event-service-2" },
  ...hosts.map((instance) => ({ component: "event-service" as const, instance })),
  { component: "pubsub-bridge", instance: "pubsub-bridge-1" },
  { component: "exporter", instance: "exporter-1" },
];

export interface Release {
  dc: string;
  component: string;
  version: string;
  deployedAt: Date;
  deployedBy: string;
}

const hourMs = 3_600_000;
const weekMs = 168 * hourMs;
// 1970 began on a Thursday; weeks begin on Monday.
const firstMondayMs = 4 * 24 * hourMs;
const major: Record<Component, number> = { "event-service": 5, "pubsub-bridge": 2, exporter: 3 };
/** Rollouts start on Monday, Tuesday and Wednesday at 9:00 and go from one datacenter to the next. */
const rolloutMs: Record<Component, number> = {
  "event-service": 33 * hourMs,
  "pubsub-bridge": 9 * hourMs,
  exporter: 57 * hourMs,
};
const perDatacenterMs = 40 * 60_000;

/** Every deployment in (fromAt, toAt]: the weekly rollouts, the bad ones, and their rollbacks. */
export function releasesIn(fleet: Fleet, incidents: readonly Incident[], fromAt: Date, toAt: Date): Release[] {
  const weekly: Release[] = [];
  for (const [index, { name: dc }] of fleet.datacenters.entries()) {
    for (const component of components) {
      for (let week = weekOf(component, index, fromAt); week <= weekOf(component, index, toAt); week++) {
        const deployedAt = rolloutAt(component, index, week);
        weekly.push({ dc, component, version: versionOf(component, week), deployedAt, deployedBy: "release-train" });
      }
    }
  }
  const wrong = incidents.flatMap(({ kind, dc, fromAt: deployedAt, toAt: rolledBackAt, cause }): Release[] => {
    if (kind !== "bad-deployment" || !cause.version) return [];
    const { component, version } = cause;
    const before = weeklyVersion(fleet, dc, "exporter", rolledBackAt);
    return [
      { dc, component, version, deployedAt, deployedBy: "data-delivery" },
      { dc, component, version: before, deployedAt: rolledBackAt, deployedBy: "data-delivery (rollback)" },
    ];
  });
  return [...weekly, ...wrong]
    .filter(({ deployedAt }) => deployedAt > fromAt && deployedAt <= toAt)
    .sort((a, b) => a.deployedAt.getTime() - b.deployedAt.getTime());
}

/** The version of an instance at the instant, and since when. */
export function runningAt(
  fleet: Fleet,
  incidents: readonly Incident[],
  { dc, component, instance, at }: { dc: string; component: Component; instance: string; at: Date },
): { version: string; startedAt: Date } {
  const index = indexOf(fleet, dc);
  const week = weekOf(component, index, at);
  let running = { version: versionOf(component, week), startedAt: rolloutAt(component, index, week) };
  for (const incident of incidents) {
    const { cause, fromAt, toAt } = incident;
    if (incident.dc !== dc || cause.component !== component || fromAt > at) continue;
    if (incident.kind === "bad-deployment" && cause.version) {
      const rolledBack = { version: weeklyVersion(fleet, dc, component, toAt), startedAt: toAt };
      const after = toAt > at ? { version: cause.version, startedAt: fromAt } : rolledBack;
      if (after.startedAt > running.startedAt) running = after;
    }
    const cameBack = losesHost(incident) && cause.instance === instance && toAt <= at;
    if (cameBack && toAt > running.startedAt) running = { version: running.version, startedAt: toAt };
  }
  return running;
}

/** The version of a bad deployment at the instant: the next patch of the running one. */
export function nextPatch(fleet: Fleet, dc: string, component: Component, at: Date): string {
  return weeklyVersion(fleet, dc, component, at).replace(/\d+$/, "1");
}

function weeklyVersion(fleet: Fleet, dc: string, component: Component, at: Date): string {
  return versionOf(component, weekOf(component, indexOf(fleet, dc), at));
}

function indexOf(fleet: Fleet, dc: string): number {
  return fleet.datacenters.findIndex(({ name }) => name === dc);
}

/** The week number of the latest rollout at the instant. */
function weekOf(component: Component, datacenterIndex: number, at: Date): number {
  return Math.floor((at.getTime() - rolloutAt(component, datacenterIndex, 0).getTime()) / weekMs);
}

function rolloutAt(component: Component, datacenterIndex: number, week: number): Date {
  return new Date(firstMondayMs + week * weekMs + rolloutMs[component] + datacenterIndex * perDatacenterMs);
}

function versionOf(component: Component, week: number): string {
  return `${major[component]}.${week % 100}.0`;
}
