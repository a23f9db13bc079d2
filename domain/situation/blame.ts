import type { DeploymentFact, InstanceFact } from "../explain.ts";
import type { Stage } from "../protocol.ts";
import type { LikelyCause } from "./situation.ts";

/** The longest time before the trouble: a rollout takes a while to have an effect. */
const bitesWithinMs = 20 * 60_000;
/** Clocks and samples differ by this much: a deployment may seem to come after its effect. */
const allowanceMs = 60_000;
/** A coincidence more likely than this is no reason to blame. */
const chanceAccepted = 0.005;

/** What a diagnosis found of when and where it began. */
export interface Beginning {
  datacenter: string;
  at: Date;
}

/**
 * The deployment that the mechanism began with, or none. It must be at the place, of a component that can cause the mechanism, and so
 * close before the onset that chance does not explain it: where something is deployed all the time, minutes mean nothing.
 */
export function guiltyDeployment(
  mechanism: Pick<LikelyCause, "code" | "stage">,
  { datacenter, at }: Beginning,
  facts: {
    deployments: readonly DeploymentFact[];
    deploymentsFrom: Date;
    instances: readonly InstanceFact[];
  },
): DeploymentFact | null {
  const stages = new Map(facts.instances.map((each) => [each.component, each.stage]));
  const able = facts.deployments.filter(
    (each) =>
      (each.datacenter === null || each.datacenter === datacenter) &&
      canCause(stages.get(each.component) ?? null, mechanism),
  );
  const before = able.filter(({ deployedAt }) => deployedAt.getTime() <= at.getTime() + allowanceMs);
  const apartMs = ({ deployedAt }: DeploymentFact) => Math.abs(at.getTime() - deployedAt.getTime());
  const [nearest] = before.toSorted((a, b) => apartMs(a) - apartMs(b));
  if (!nearest) return null;
  const usedMs = at.getTime() - facts.deploymentsFrom.getTime();
  const chance = ((before.length - 1) * (apartMs(nearest) + allowanceMs)) / Math.max(1, usedMs);
  return apartMs(nearest) <= bitesWithinMs && chance <= chanceAccepted ? nearest : null;
}

/**
 *   mechanism                                components that can cause it, by the stage that they count
 *   events do not reach the queue, doubled   produced, published
 *   events do not reach the partition        delivered
 *   events lost before a stage               that stage, or the one before it
 *   events in other hours                    produced, delivered
 *   an unusual volume                        produced
 *   a silent datacenter, missing reporters   none: a component alone is neither
 *
 * A component that counts nothing may do anything but the last.
 */
function canCause(counts: Stage | null, { code, stage }: Pick<LikelyCause, "code" | "stage">): boolean {
  if (code === "datacenter_silent" || code === "reporters_missing" || code === "telemetry_blind") return false;
  if (counts === null) return true;
  if (code === "unusual_volume") return counts === "produced";
  if (code === "skewed_delivery") return counts !== "published";
  if (stage === "published") return counts !== "delivered";
  return counts === "delivered";
}
