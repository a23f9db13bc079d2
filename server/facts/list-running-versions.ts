import { maxNamedInstances, type RunningComponentJson } from "#domain/api/running-versions.ts";
import { addHours } from "#domain/hour.ts";
import { isHeard, standingOfComponent, standingOfVersion, versionStandings } from "#domain/running-versions.ts";
import { type Call, requireScope } from "#server/access/index.ts";
import { cutPage, type Page, type PageInput } from "#server/page.ts";
import { loadRunningLanes, type RunningKey, type RunningLane } from "./load-running-lanes.ts";

export interface ListRunningVersionsInput extends PageInput<RunningKey> {
  readonly datacenter?: string | undefined;
  readonly component?: string | undefined;
}

/** What heartbeats say runs, against what was declared as deployed, by component and datacenter. */
export async function listRunningVersions({
  ctx,
  input,
}: Call<ListRunningVersionsInput>): Promise<Page<RunningComponentJson, RunningKey>> {
  requireScope(ctx, "read");
  const now = ctx.clock.now();
  // Instances are forgotten as long after their last heartbeat: what was deployed before says nothing of what runs.
  const deployedFrom = addHours(now, -30 * 24);
  const lanes = await loadRunningLanes(ctx.database.sql, { ...input, limit: input.limit + 1, now, deployedFrom });
  const items = lanes.map((lane) => toJson(lane, now));
  return cutPage(items, input.limit, ({ component, datacenter }) => ({ component, datacenter: datacenter ?? "" }));
}

function toJson({ component, datacenter, declared, versions }: RunningLane, now: Date): RunningComponentJson {
  const inForce = declared && { version: declared.version, deployedAt: new Date(declared.deployedAt) };
  const shown = versions.map((seen) => ({
    version: seen.version,
    standing: standingOfVersion(seen, inForce),
    instances: seen.heard,
    silentInstances: seen.silent,
    runningSince: seen.startedAt?.toISOString() ?? null,
    lastSeenAt: seen.lastSeenAt.toISOString(),
    declaredAt: seen.declaredAt?.toISOString() ?? null,
    names: seen.names.slice(0, maxNamedInstances),
  }));
  const rank = (index: number) => versionStandings.indexOf(shown[index]?.standing ?? "unreported");
  const order = shown.map((_, index) => index).sort((a, b) => rank(a) - rank(b));
  const heard = versions.filter((seen) => isHeard(seen, now));
  return {
    component,
    datacenter,
    standing: standingOfComponent(versions, inForce, now),
    declared,
    instances: heard.reduce((sum, each) => sum + each.heard, 0),
    asDeployed: heard.reduce((sum, each) => sum + (each.version === inForce?.version ? each.heard : 0), 0),
    versions: order.flatMap((index) => shown[index] ?? []),
  };
}
