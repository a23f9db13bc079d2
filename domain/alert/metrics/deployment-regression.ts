import { formatElapsed } from "../../duration.ts";
import { formatCountOf } from "../../figures.ts";
import { momentOf } from "../../moment.ts";
import type { AlertFacts, DeploymentNow, LaneNow, TypeFacts } from "../facts.ts";
import { unclosedHours } from "../held-up.ts";
import { knownUntil } from "../known-until.ts";
import { secondsBehind } from "../lane-delay.ts";
import type { Metric } from "../metric.ts";
import type { Reading } from "../reading.ts";
import { readRatio, thresholdIn } from "../threshold-kinds.ts";

/** Fewer types than this say nothing about a deployment, unless there are no more. */
const leastTypes = 3;
/** Floor for usual delays: twice a delay of nearly nothing means nothing. */
const leastUsualSeconds = 120;

/**
 * How far a datacenter's watermarks are behind (the median of its types) as a multiple of the 90th percentile before, while a
 * deployment of the last hours may be the cause.
 */
export const deploymentRegression: Metric = {
  of: "datacenter",
  label: "Regression after a deployment",
  about: "How many times further behind than usual a datacenter is within three hours of a deployment.",
  condition: (text) => `a datacenter is more than ${text} as far behind as usual after a deployment`,
  threshold: {
    must: "must be a factor above 1, like 1.5: how far behind compared with before the deployment",
    read: (written) => (Number(written) > 1 ? thresholdIn("ratio", readRatio(written)) : null),
    units: [{ plain: "times as far" }],
    steps: { ratio: [1.25, 1.5, 1.75, 2, 2.5, 3, 4, 5, 10] },
  },
  fires: "above",
  needs: null,
  cause: { code: "deployment", score: 0.4 },
  replay: {
    as: "nothing",
    why: "watermark lags after past deployments are not stored. The deployments page shows each deployment's effect on closing delays",
  },
  looks: {
    at: "datacenters",
    unread: (name, facts, types) => {
      const deployment = deploymentAt(name, facts);
      if (!deployment) return "no_deployment";
      const at = knownUntil(facts);
      return at && readDatacenter(name, deployment, types, at).length === 0 ? "no_usual_delay" : null;
    },
  },
  read,
};

function read(facts: AlertFacts, types: readonly TypeFacts[]): Reading[] {
  const at = knownUntil(facts);
  if (!at) return [];
  return facts.datacenters.flatMap(({ name }) => {
    const deployment = deploymentAt(name, facts);
    return deployment ? readDatacenter(name, deployment, types, at) : [];
  });
}

function deploymentAt(name: string, { deployments }: AlertFacts): DeploymentNow | undefined {
  return deployments.find(({ datacenter }) => datacenter === null || datacenter === name);
}

function readDatacenter(name: string, deployment: DeploymentNow, types: readonly TypeFacts[], at: Date): Reading[] {
  const lanes = types.flatMap((type) => {
    const lane = type.lanes.find(({ datacenter }) => datacenter === name);
    return lane ? { lane, type } : [];
  });
  const ratios = lanes.flatMap(({ lane, type }) => ratioOf(lane, type, at) ?? []).sort((a, b) => a - b);
  const middle = ratios[Math.floor(ratios.length / 2)];
  if (middle === undefined || ratios.length < Math.min(leastTypes, lanes.length)) return [];
  const { component, version, deployedAt } = deployment;
  return [
    {
      datacenter: name,
      value: middle,
      hours: [],
      culprits: [{ trouble: "late", datacenter: name }],
      since: deployedAt,
      sentence: () => {
        const waiting = types.filter((type) =>
          unclosedHours(type).some(({ lanes: all }) => all.some((lane) => lane.datacenter === name && !lane.closedAt)),
        );
        const after = formatElapsed((at.getTime() - deployedAt.getTime()) / 1000);
        return `${name} is ${middle.toFixed(1)} times as far behind as usual, ${after} after ${component} ${version} was deployed there at ${momentOf(deployedAt)}${waiting.length === 0 ? "" : `; ${formatCountOf(waiting.length, "event type")} held up`}.`;
      },
    },
  ];
}

function ratioOf(lane: LaneNow, type: TypeFacts, at: Date): number | null {
  const behind = secondsBehind(lane, type, at);
  if (behind === null || !lane.usualDelay) return null;
  return behind / Math.max(lane.usualDelay.p90Seconds, leastUsualSeconds);
}
