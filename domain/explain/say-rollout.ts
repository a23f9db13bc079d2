import { formatCount } from "../figures.ts";
import type { DeploymentFact } from "./hour-facts.ts";

/** Jobs of one component that are replaced as a set are seen as deployments this close together. */
const togetherMs = 120_000;
const mostNamed = 3;

export interface Rollout {
  /** "etl 7 was deployed", "6 versions of etl (1, 2, 3 and 3 more) were deployed". */
  readonly said: string;
  /** What to do about it, as a sentence. */
  readonly rollBack: string;
  readonly check: string;
}

/** A deployment with those of the same component at the same place that came with it: a set of jobs is named as one. */
export function sayRollout(one: DeploymentFact, all: readonly DeploymentFact[]): Rollout {
  const together = all.filter(
    ({ component, datacenter, deployedAt }) =>
      component === one.component &&
      datacenter === one.datacenter &&
      Math.abs(deployedAt.getTime() - one.deployedAt.getTime()) <= togetherMs,
  );
  const versions = [...new Set([one, ...together].map(({ version }) => version))].sort();
  if (versions.length === 1)
    return {
      said: `${one.component} ${one.version} was deployed`,
      rollBack: "Roll it back, or check what it changed.",
      check: "Check what it changed before you roll it back.",
    };
  const rest = versions.length - mostNamed;
  const named = versions.slice(0, mostNamed).join(", ");
  return {
    said: `${formatCount(versions.length)} versions of ${one.component} (${named}${rest > 0 ? ` and ${formatCount(rest)} more` : ""}) were deployed`,
    rollBack: "Roll them back, or check what they changed.",
    check: "Check what they changed before you roll them back.",
  };
}
