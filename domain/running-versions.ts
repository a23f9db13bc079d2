import { silentAfterSeconds } from "./reasons.ts";

/**
 * as_deployed   every instance heard runs the version deployed last
 * rolling_out   some do not yet, and the deployment is less than an hour old
 * mixed         some do, some still run a version deployed earlier
 * behind        none does; all run versions deployed earlier
 * undeclared    an instance runs a version that no deployment names
 * unknown       no instance says its version
 * silent        instances ran here, and none is heard any more
 * unseen        deployed, and no instance ever sent a heartbeat
 */
export const runningStandings = [
  "as_deployed",
  "rolling_out",
  "mixed",
  "behind",
  "undeclared",
  "unknown",
  "silent",
  "unseen",
] as const;
export type RunningStanding = (typeof runningStandings)[number];

/** How a version that runs relates to what was deployed; `unreported`: its instances do not say their version. */
export const versionStandings = ["deployed", "earlier", "undeclared", "unreported"] as const;
export type VersionStanding = (typeof versionStandings)[number];

/** After a deployment, instances may still run the version before for this long. */
export const rolloutSeconds = 3_600;

/** The instances of one version of a component at a datacenter. */
export interface VersionSeen {
  /** null: not reported. */
  readonly version: string | null;
  readonly lastSeenAt: Date;
  /** When the version was last deployed here; null: no deployment names it. */
  readonly declaredAt: Date | null;
}

/** The deployment of a component at a datacenter that is in force. */
export interface Declared {
  readonly version: string;
  readonly deployedAt: Date;
}

export function isHeard({ lastSeenAt }: Pick<VersionSeen, "lastSeenAt">, now: Date): boolean {
  return now.getTime() - lastSeenAt.getTime() <= silentAfterSeconds * 1_000;
}

export function standingOfVersion(seen: VersionSeen, declared: Declared | null): VersionStanding {
  if (seen.version === null) return "unreported";
  if (seen.version === declared?.version) return "deployed";
  return seen.declaredAt === null ? "undeclared" : "earlier";
}

/** What runs against what was deployed. Instances that are no longer heard say nothing about what runs now. */
export function standingOfComponent(
  seen: readonly VersionSeen[],
  declared: Declared | null,
  now: Date,
): RunningStanding {
  const heard = seen.filter((each) => isHeard(each, now)).map((each) => standingOfVersion(each, declared));
  if (heard.length === 0) return seen.length === 0 ? "unseen" : "silent";
  if (heard.includes("undeclared")) return "undeclared";
  if (heard.every((standing) => standing === "unreported")) return "unknown";
  if (!heard.includes("earlier")) return "as_deployed";
  if (declared !== null && now.getTime() - declared.deployedAt.getTime() < rolloutSeconds * 1_000) return "rolling_out";
  return heard.includes("deployed") ? "mixed" : "behind";
}
