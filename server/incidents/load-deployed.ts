import type { DeploymentFact } from "#domain/explain.ts";
import type { Onset } from "#domain/situation.ts";
import type { Sql } from "#server/db/database.ts";
import { loadDeploymentsNear } from "#server/explain/index.ts";

const beforeMs = 2 * 3_600_000;
const afterMs = 900_000;
const most = 20;

/** What was deployed around an incident's onset, at its datacenters or everywhere. */
export async function loadDeployed(sql: Sql, { at }: Onset, datacenters: readonly string[]): Promise<DeploymentFact[]> {
  const near = await loadDeploymentsNear(sql, new Date(at.getTime() - beforeMs), new Date(at.getTime() + afterMs));
  return near.filter(({ datacenter }) => datacenter === null || datacenters.includes(datacenter)).slice(-most);
}
