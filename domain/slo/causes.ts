import type { DatacenterEvidence } from "../verdict.ts";
import type { SloHour } from "./slo-hour.ts";

/** What broke the promises of some hours. A text is '' if there is nothing to name. */
export interface SloCause {
  readonly measure: "timeliness" | "completeness";
  /** The datacenter that closed last, or has not closed; or that lost events. */
  readonly datacenter: string;
  /** The two counts between which events were lost; '' for lateness. */
  readonly stage: "" | "produced to published" | "published to delivered" | "produced to delivered";
  /** The latest deployment there in the hours before: a coincidence in time, not a proven cause. */
  readonly deployment: string;
  readonly hours: number;
  /** Lost events; 0 for lateness. */
  readonly events: number;
}

export interface Deployed {
  /** null: everywhere. */
  readonly datacenter: string | null;
  /** "exporter 4.2.0". */
  readonly what: string;
  readonly deployedAt: Date;
}

/**
 * A deployment up to this long before an hour's end, or after it until it was closed or due, is named with the cause.
 */
export const deploymentWindowMs = 6 * 3_600_000;
const hourMs = 3_600_000;
/** Characters kept of the deployment's name. */
const maxDeployment = 300;

/** The causes of a due hour: of its lateness and, once it is incomplete, of its losses. */
export function causesOf(hour: SloHour, deployed: readonly Deployed[]): SloCause[] {
  const late = hour.closedAt === null || hour.closedAt > hour.deadlineAt;
  const losses = hour.state === "incomplete" ? lossesOf(hour, deployed) : [];
  return late ? [latenessOf(hour, deployed), ...losses] : losses;
}

/** Used if every one was late, and if none of several is further behind than the others. */
const severalDatacenters = "several datacenters";

/**
 * One cause per hour, so that the totals add up to the late hours. Several datacenters where all were late: each alone would have held
 * the hour up. Otherwise the furthest behind of those that have not closed, else the last to close.
 */
function latenessOf(hour: SloHour, deployed: readonly Deployed[]): SloCause {
  const late = hour.datacenters.filter(({ closedAt }) => closedAt === null || closedAt > hour.deadlineAt);
  if (late.length > 1 && late.length === hour.datacenters.length) {
    const deployment = deploymentOf(hour, severalDatacenters, deployed);
    return { measure: "timeliness", datacenter: severalDatacenters, stage: "", deployment, hours: 1, events: 0 };
  }
  const open = furthestBehind(hour.datacenters.filter(({ closed }) => !closed));
  const last = hour.datacenters.reduce<DatacenterEvidence | undefined>(
    (latest, each) => (latest && (each.closedAt ?? 0) <= (latest.closedAt ?? 0) ? latest : each),
    undefined,
  );
  const datacenter = open ?? last?.name ?? "";
  const deployment = deploymentOf(hour, datacenter, deployed);
  return { measure: "timeliness", datacenter, stage: "", deployment, hours: 1, events: 0 };
}

/** By watermark; null: all have closed. */
function furthestBehind(open: readonly DatacenterEvidence[]): string | null {
  const [first, ...others] = open.toSorted((a, b) => (a.watermark?.getTime() ?? 0) - (b.watermark?.getTime() ?? 0));
  if (!first) return null;
  const isAlone = others[0]?.watermark?.getTime() !== first.watermark?.getTime() || others.length === 0;
  return isAlone ? first.name : severalDatacenters;
}

function lossesOf(hour: SloHour, deployed: readonly Deployed[]): SloCause[] {
  return hour.datacenters
    .filter(({ lost }) => lost > 0n)
    .map((evidence) => ({
      measure: "completeness" as const,
      datacenter: evidence.name,
      stage: lossyStage(evidence),
      deployment: deploymentOf(hour, evidence.name, deployed),
      hours: 1,
      events: Number(evidence.lost),
    }));
}

/** Where most of the missing events went missing; across both steps if there is no count between them. */
function lossyStage({ produced, published, delivered }: DatacenterEvidence): SloCause["stage"] {
  if (published === null || produced === null) return "produced to delivered";
  return produced - published >= published - delivered ? "produced to published" : "published to delivered";
}

function deploymentOf(hour: SloHour, datacenter: string, deployed: readonly Deployed[]): string {
  const endMs = hour.hour.getTime() + hourMs;
  const until = Math.min(hour.closedAt?.getTime() ?? hour.deadlineAt.getTime(), hour.deadlineAt.getTime());
  let latest: Deployed | undefined;
  for (const each of deployed) {
    const atMs = each.deployedAt.getTime();
    if (each.datacenter !== null && each.datacenter !== datacenter) continue;
    if (atMs < endMs - deploymentWindowMs || atMs > until) continue;
    if (!latest || each.deployedAt > latest.deployedAt) latest = each;
  }
  return shorten(latest?.what ?? "");
}

/** Part of a database key with the datacenter's name, and index rows end at 2,704 bytes. */
function shorten(what: string): string {
  const characters = [...what];
  return characters.length <= maxDeployment ? what : `${characters.slice(0, maxDeployment - 1).join("")}…`;
}

/** One entry per measure, datacenter, stage and deployment, most hours first. */
export function sumCauses(causes: Iterable<SloCause>): SloCause[] {
  const sums = new Map<string, SloCause>();
  for (const cause of causes) {
    const { measure, datacenter, stage, deployment } = cause;
    const key = JSON.stringify([measure, datacenter, stage, deployment]);
    const sum = sums.get(key);
    sums.set(key, sum ? { ...cause, hours: sum.hours + cause.hours, events: sum.events + cause.events } : cause);
  }
  return [...sums.values()].sort(
    (a, b) => b.hours - a.hours || b.events - a.events || compare(a.datacenter, b.datacenter),
  );
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
