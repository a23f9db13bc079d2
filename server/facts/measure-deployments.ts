import type { DeploymentJson } from "#domain/api/catalogue.ts";
import type { DeploymentEffectJson } from "#domain/api/deployment-effect.ts";
import { correctForComparisons, measureEffect, windowHours } from "#domain/deployment-effect.ts";
import { addHours } from "#domain/hour.ts";
import type { Sql } from "#server/db/database.ts";
import { type Comparison, loadHourFigures } from "./load-hour-figures.ts";

/** Measures deployments together: the verdicts correct for how many are compared. */
export async function measureDeployments(
  sql: Sql,
  deployments: readonly DeploymentJson[],
  now: Date,
): Promise<DeploymentEffectJson[]> {
  const neighbours = await loadNeighbours(sql, deployments);
  const of = (deployment: DeploymentJson) =>
    neighbours.filter((each) => each.id !== deployment.id && isNear(each, deployment));
  const comparisons = deployments.map((deployment) => comparisonOf(deployment, of(deployment), now));
  const figures = await loadHourFigures(sql, comparisons, now);
  const delays = correctForComparisons(deployments.map(({ id }) => measureEffect(figures.get(id)?.closingDelay ?? [])));
  const losses = correctForComparisons(deployments.map(({ id }) => measureEffect(figures.get(id)?.lostShare ?? [])));
  return deployments.flatMap((deployment, index) => {
    const [closingDelay, lostShare] = [delays[index], losses[index]];
    if (!closingDelay || !lostShare) return [];
    return [
      {
        deployment,
        closingDelay,
        lostShare,
        replacedAt: replacementOf(deployment, of(deployment))?.deployedAt ?? null,
        alongside: of(deployment)
          .filter(({ component }) => component !== deployment.component)
          .map(({ id, component, version, deployedAt }) => ({ id, component, version, deployedAt })),
      },
    ];
  });
}

function comparisonOf(deployment: DeploymentJson, near: readonly DeploymentJson[], now: Date): Comparison {
  const deployedAt = new Date(deployment.deployedAt);
  const replacedAt = replacementOf(deployment, near)?.deployedAt;
  const ends = [now, addHours(deployedAt, windowHours + 1), ...(replacedAt ? [new Date(replacedAt)] : [])];
  return {
    id: deployment.id,
    datacenter: deployment.datacenter,
    deployedAt,
    untilAt: new Date(Math.min(...ends.map(Number))),
  };
}

function replacementOf(
  { component, deployedAt }: DeploymentJson,
  near: readonly DeploymentJson[],
): DeploymentJson | undefined {
  return near.find((each) => each.component === component && each.deployedAt > deployedAt);
}

/** Within a day, at the same datacenter, or either everywhere. */
function isNear(one: DeploymentJson, other: DeploymentJson): boolean {
  const samePlace = one.datacenter === null || other.datacenter === null || one.datacenter === other.datacenter;
  return samePlace && Math.abs(Date.parse(one.deployedAt) - Date.parse(other.deployedAt)) <= windowHours * 3_600_000;
}

/** Oldest first. */
async function loadNeighbours(sql: Sql, deployments: readonly DeploymentJson[]): Promise<DeploymentJson[]> {
  if (deployments.length === 0) return [];
  const instants = deployments.map(({ deployedAt }) => Date.parse(deployedAt));
  const { rows } = await sql.query<Omit<DeploymentJson, "deployedAt"> & { deployedAt: Date }>(
    `SELECT p.id::text, d.name AS datacenter, p.component, p.version, p.deployed_at AS "deployedAt",
            p.deployed_by AS "deployedBy", p.url
       FROM deployment p LEFT JOIN datacenter d ON d.id = p.datacenter_id
      WHERE p.deployed_at BETWEEN $1 AND $2 ORDER BY p.deployed_at, p.id`,
    [addHours(new Date(Math.min(...instants)), -windowHours), addHours(new Date(Math.max(...instants)), windowHours)],
  );
  return rows.map((row) => ({ ...row, deployedAt: row.deployedAt.toISOString() }));
}
