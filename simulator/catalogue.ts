import { stringify } from "yaml";
import { formatHour } from "#domain/hour.ts";
import type { Simulation } from "./simulation.ts";

const apiVersion = "tidemark/v1";

/** The label from which a restarted simulator recovers its story. */
export const runLabel = "simulator";

/** The fleet as catalogue documents: its datacenters and event types, active from the first hour of history. */
export function catalogueYaml(simulation: Simulation): string {
  const { fleet, startAt } = simulation;
  const activeFrom = formatHour(startAt);
  const datacenters = fleet.datacenters.map(({ name, displayName }) => ({
    apiVersion,
    kind: "Datacenter",
    metadata: { name },
    spec: { displayName, activeFrom },
  }));
  const eventTypes = fleet.eventTypes.map((type) => ({
    apiVersion,
    kind: "EventType",
    metadata: { name: type.name },
    spec: {
      owner: type.owner,
      tier: type.tier,
      ...(type.deadline && { deadline: type.deadline }),
      ...(type.datacenters && { datacenters: [...type.datacenters] }),
      ...(type.expectReporters && { expectReporters: true }),
      ...(!type.impliedZero && { impliedZero: false }),
      activeFrom,
      description: type.description,
      labels: { [runLabel]: formatRun({ seed: fleet.seed, liveAt: simulation.liveAt }) },
    },
  }));
  return [...datacenters, ...eventTypes].map((document) => stringify(document, { lineWidth: 0 })).join("---\n");
}

interface Run {
  seed: number;
  liveAt: Date;
}

export function formatRun({ seed, liveAt }: Run): string {
  return `seed ${seed}, live from ${liveAt.toISOString()}`;
}

/** null if the label holds something else. */
export function parseRun(label: string): Run | null {
  const match = /^seed (-?\d+), live from (\S+)$/.exec(label);
  if (!match) return null;
  const run = { seed: Number(match[1]), liveAt: new Date(match[2] ?? "") };
  return Number.isNaN(run.liveAt.getTime()) ? null : run;
}
