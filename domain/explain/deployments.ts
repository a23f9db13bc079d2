import { formatElapsed } from "../duration.ts";
import { momentOf } from "../moment.ts";
import type { Stage } from "../protocol.ts";
import type { Cause } from "./cause.ts";
import { onsetWindow } from "./delays.ts";
import type { DeploymentFact, LaneToExplain, TroubledHour } from "./hour-facts.ts";
import { type Rollout, sayRollout } from "./say-rollout.ts";
import { rounded } from "./score.ts";
import { addSeconds, secondsBetween } from "./words.ts";

/** The longest time before the trouble, if its start is known to the minute: a rollout takes a while to have effect. */
const bitesWithinSeconds = 1200;
/** Clocks and reports differ by this much: a deployment may seem to come after its effect. */
const clocksDifferSeconds = 300;
/** Wider windows make a coincidence likely, so they score lower. */
const closeWindowSeconds = 7200;

/**
 * The deployments at the datacenter, or everywhere, around the start of the trouble, as causes of their own. One of a component
 * that counts the affected stage outranks the mechanism; one of another stage, or far in time, stays below it.
 */
export function blameDeployments(mechanism: Cause, lane: LaneToExplain, hour: TroubledHour): Cause[] {
  if (mechanism.code === "telemetry_blind") return [];
  return blameWithin(windowOf(mechanism, lane, hour), mechanism, lane, hour);
}

export interface Window {
  fromAt: Date;
  toAt: Date;
  /** When the trouble started, to the minute; null: somewhere in the window. */
  beganAt: Date | null;
}

export function blameWithin(window: Window, mechanism: Cause, lane: LaneToExplain, hour: TroubledHour): Cause[] {
  const within = deploymentsAt(lane, hour).filter(
    ({ deployedAt }) => deployedAt >= window.fromAt && deployedAt <= window.toAt,
  );
  // Where the start is not known to the minute, several fit alike, and at most one of them is guilty.
  const alike = window.beganAt ? 1 : within.length;
  return within.map((deployment) => {
    const rollout = sayRollout(deployment, hour.deployments);
    return blame(deployment, { window, mechanism, lane, alike, rollout });
  });
}

export function deploymentsAt(lane: LaneToExplain, { deployments }: TroubledHour): DeploymentFact[] {
  return deployments.filter(({ datacenter }) => datacenter === null || datacenter === lane.datacenter);
}

function windowOf({ code, since }: Cause, lane: LaneToExplain, hour: TroubledHour): Window {
  const isSharp =
    since !== null &&
    lane.closedAt === null &&
    (code === "watermark_stalled" || code === "publishing_stalled" || code === "datacenter_silent");
  if (isSharp) {
    return {
      fromAt: addSeconds(since, -bitesWithinSeconds),
      toAt: addSeconds(since, clocksDifferSeconds),
      beganAt: since,
    };
  }
  const { fromAt, toAt } = onsetWindow(lane, hour);
  return { fromAt: addSeconds(fromAt, -clocksDifferSeconds), toAt, beganAt: null };
}

/** 0 to 1: how unlikely it is to coincide with the trouble's start by chance. */
function closeness({ deployedAt }: DeploymentFact, { fromAt, toAt, beganAt }: Window): number {
  if (!beganAt) return Math.min(1, closeWindowSeconds / secondsBetween(fromAt, toAt));
  return 1 - Math.max(0, secondsBetween(deployedAt, beganAt)) / bitesWithinSeconds / 2;
}

interface Suspicion {
  window: Window;
  mechanism: Cause;
  lane: LaneToExplain;
  /** How many deployments fit as well as this one. */
  alike: number;
  rollout: Rollout;
}

function blame(deployment: DeploymentFact, { window, mechanism, lane, alike, rollout }: Suspicion): Cause {
  const { component, version, deployedAt, deployedBy } = deployment;
  const stage = lane.instances.find((each) => each.component === component)?.stage ?? null;
  const strength = (closeness(deployment, window) * stageFit(stage, mechanism.stage)) / alike;
  const by = deployedBy ? ` by ${deployedBy}` : "";
  const score = rounded(mechanism.score * (0.55 + 0.75 * strength));
  return {
    ...mechanism,
    code: "deployment",
    component,
    version,
    instance: null,
    deploymentId: deployment.id,
    since: deployedAt,
    score,
    sentence: `${rollout.said} ${deployment.datacenter === null ? "everywhere" : `at ${lane.datacenter}`} at ${momentOf(deployedAt)}, ${sayWhen(deployedAt, window)} ${score > mechanism.score ? rollout.rollBack : rollout.check}`,
    evidence: [
      {
        fact: `${rollout.said} at ${momentOf(deployedAt)}${by}.`,
        at: deployedAt,
        figure: null,
        unit: null,
      },
      ...(stage
        ? [{ fact: `${component} reports the ${stage} counts there.`, at: null, figure: null, unit: null }]
        : []),
      ...mechanism.evidence,
    ],
  };
}

function sayWhen(deployedAt: Date, { beganAt }: Window): string {
  if (!beganAt) return "within the time in which the trouble began.";
  const before = deployedAt <= beganAt ? `${formatElapsed(secondsBetween(deployedAt, beganAt))} before` : "as";
  return `${before} the trouble began.`;
}

/** How well a component that counts one stage explains trouble that first shows at another; null: unknown. */
function stageFit(ofComponent: Stage | null, ofTrouble: Stage | null): number {
  if (ofComponent === null) return 0.75;
  if (ofTrouble === null) return ofComponent === "delivered" ? 0.85 : 0.45;
  if (ofComponent === ofTrouble) return 1;
  // Counted before it is lost: the component that published it, or failed to, is the one that produced it.
  if (ofComponent === "produced" && ofTrouble === "published") return 0.8;
  return ofComponent === "published" && ofTrouble === "delivered" ? 0.5 : 0.25;
}
