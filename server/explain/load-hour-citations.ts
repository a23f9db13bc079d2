import type { Citation } from "#domain/source.ts";
import type { Sql } from "#server/db/database.ts";
import { loadCitations } from "#server/sources/index.ts";
import { laneHourKey } from "./load-skews.ts";
import type { VerdictToExplain } from "./load-verdicts-to-explain.ts";

/** By laneHourKey: the sources of what the hours' datacenters are known by. */
export async function loadHourCitations(
  sql: Sql,
  verdicts: readonly VerdictToExplain[],
): Promise<ReadonlyMap<string, readonly Citation[]>> {
  const lanes = verdicts.flatMap(({ eventTypeId, eventType, hour, datacenters }) =>
    datacenters.map(({ name, closedAt }) => ({ eventTypeId, eventType, datacenter: name, hour, closedAt })),
  );
  const cited = await loadCitations(sql, lanes);
  return new Map(
    lanes.map(({ eventTypeId, datacenter, hour }, index) => [
      laneHourKey(eventTypeId, datacenter, hour),
      cited[index] ?? [],
    ]),
  );
}
