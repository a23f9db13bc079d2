import { isDeadlineMet } from "./deadline.ts";
import { type Hour, hourEnd } from "./hour.ts";

export const verdictStates = [
  "open",
  "late",
  "closing",
  "complete",
  "verifying",
  "unverified",
  "incomplete",
  "overcounted",
] as const;
export type VerdictState = (typeof verdictStates)[number];

/** The reports of one expected datacenter for one (event type, hour). Counts are bigint; null: never reported. */
export interface DatacenterFacts {
  name: string;
  /** The smallest event time among the messages that closed the hour here, even if before the hour's end. */
  closedAt: Date | null;
  watermark: Date | null;
  /** It reported produced counts of some type in the hour, and the type counts silence as zero then. */
  reportedProduced: boolean;
  produced: bigint | null;
  published: bigint | null;
  delivered: bigint | null;
  skewed: bigint;
  /** For a type that expects its reporters: the usual reporters of produced counts, and how many have not reported; absent: another type. */
  reportersExpected?: number | null;
  reportersMissing?: number | null;
}

export interface VerdictTerms {
  deadlineSeconds: number;
  settleSeconds: number;
  /** Shares of produced, 0 to 1. */
  maxLost: number;
  maxDuplicated: number;
}

/** Counts are at most `mostEvents`. */
export interface DatacenterEvidence {
  name: string;
  closed: boolean;
  /** Never before the hour's end. */
  closedAt: Date | null;
  watermark: Date | null;
  known: boolean;
  produced: bigint | null;
  published: bigint | null;
  delivered: bigint;
  lost: bigint;
  duplicated: bigint;
  /** null: the type does not expect its reporters. */
  reportersExpected: number | null;
  reportersMissing: number | null;
}

/** Follows from facts, terms and now alone: the same for every order of arrival. */
export interface Judgement {
  state: VerdictState;
  endsAt: Date;
  deadlineAt: Date;
  closedAt: Date | null;
  closingDelaySeconds: number | null;
  deadlineMet: boolean | null;
  known: boolean;
  produced: bigint;
  delivered: bigint;
  lost: bigint;
  duplicated: bigint;
  skewed: bigint;
  completeness: number | null;
  /** By name. */
  datacenters: DatacenterEvidence[];
  /** When time alone next changes the state, or makes what a complete hour lost, duplicated or misplaced final; null: never. */
  nextDueAt: Date | null;
}

export interface HourToJudge {
  hour: Hour;
  /** Of every expected datacenter, each once. */
  facts: readonly DatacenterFacts[];
  terms: VerdictTerms;
  now: Date;
}

/*
 * The state of an hour is the first line that holds:
 *
 *   state         when                                               time alone leads to
 *   open          now < the hour's end                               any other, at the end
 *   late          not all closed, now > deadlineAt                   –
 *   closing       not all closed                                     late, after deadlineAt
 *   complete      all known, lost and duplicated within tolerance    –
 *   verifying     now < closedAt + settle                            one of the three below, at closedAt + settle
 *   unverified    a datacenter's produced count is unknown           –
 *   incomplete    lost above tolerance                               –
 *   overcounted   duplicated above tolerance (nothing else is left)  –
 *
 * "Not all closed" also holds when no datacenter is expected: nothing then says that the hour is delivered, and
 * an hour without evidence is never complete.
 */
export function judgeHour({ hour, facts, terms, now }: HourToJudge): Judgement {
  const endsAt = hourEnd(hour);
  const deadlineAt = addSeconds(endsAt, terms.deadlineSeconds);
  const datacenters = facts.map((each) => evidenceOf(each, endsAt)).sort(byName);
  const closedAt = latestClosing(datacenters);
  const known = datacenters.length > 0 && datacenters.every((dc) => dc.known);
  const totals = {
    produced: sum(datacenters, (dc) => dc.produced ?? 0n),
    delivered: sum(datacenters, (dc) => dc.delivered),
    lost: sum(datacenters, (dc) => dc.lost),
    duplicated: sum(datacenters, (dc) => dc.duplicated),
    skewed: sum(facts, (dc) => dc.skewed),
  };
  const settledAt = closedAt && addSeconds(closedAt, terms.settleSeconds);

  function stateNow(): VerdictState {
    if (now < endsAt) return "open";
    if (!settledAt) return now > deadlineAt ? "late" : "closing";
    const enough = isWithin(totals.lost, terms.maxLost, totals.produced);
    const once = isWithin(totals.duplicated, terms.maxDuplicated, totals.produced);
    if (known && enough && once) return "complete";
    if (now < settledAt) return "verifying";
    if (!known) return "unverified";
    return enough ? "overcounted" : "incomplete";
  }

  const state = stateNow();

  function nextDueAt(): Date | null {
    if (state === "open") return endsAt;
    // Late only after the deadline: instants have milliseconds.
    if (state === "closing") return new Date(deadlineAt.getTime() + 1);
    // Complete does not change then, but what it lost, duplicated or misplaced becomes news.
    const isNews = totals.lost + totals.duplicated + totals.skewed > 0n;
    if (state === "complete") return isNews && settledAt && now < settledAt ? settledAt : null;
    return state === "verifying" ? settledAt : null;
  }

  return {
    state,
    endsAt,
    deadlineAt,
    closedAt,
    closingDelaySeconds: closedAt && (closedAt.getTime() - endsAt.getTime()) / 1000,
    deadlineMet: isDeadlineMet(closedAt?.getTime() ?? null, deadlineAt.getTime(), now.getTime()),
    known,
    ...totals,
    completeness: known ? completenessOf(totals.produced, totals.lost) : null,
    datacenters,
    nextDueAt: nextDueAt(),
  };
}

function evidenceOf(facts: DatacenterFacts, endsAt: Date): DatacenterEvidence {
  const { name, closedAt, watermark, published } = facts;
  const { reportersExpected = null, reportersMissing = null } = facts;
  const known = (facts.reportedProduced || facts.produced !== null) && (reportersMissing ?? 0) === 0;
  const produced = known ? saturate(facts.produced ?? 0n) : null;
  const delivered = saturate(facts.delivered ?? 0n);
  return {
    name,
    closed: closedAt !== null,
    // A sender whose clock is slow cannot have closed an hour before its end.
    closedAt: closedAt && (closedAt < endsAt ? endsAt : closedAt),
    watermark,
    known,
    produced,
    published: published === null ? null : saturate(published),
    delivered,
    ...lossOf(produced, delivered),
    reportersExpected,
    reportersMissing,
  };
}

/** Datacenters are sorted the same way everywhere: by code unit, whatever the database's collation. */
export function byName(a: { name: string }, b: { name: string }): number {
  return a.name < b.name ? -1 : a.name > b.name ? 1 : 0;
}

/** Unknown is never zero: without a produced count nothing is known to be lost or duplicated. */
export function lossOf(produced: bigint | null, delivered: bigint): { lost: bigint; duplicated: bigint } {
  const missing = produced === null ? 0n : produced - delivered;
  return { lost: missing > 0n ? missing : 0n, duplicated: missing < 0n ? -missing : 0n };
}

/** The largest count in a verdict: each reporter may count up to 2^53 − 1, and a database column ends at 2^63. */
export const mostEvents = 2n ** 63n - 1n;

function saturate(count: bigint): bigint {
  return count > mostEvents ? mostEvents : count;
}

/** The latest closing, once every datacenter has closed and there is one. */
function latestClosing(datacenters: readonly DatacenterEvidence[]): Date | null {
  let latest: Date | null = null;
  for (const { closedAt } of datacenters) {
    if (!closedAt) return null;
    if (!latest || closedAt > latest) latest = closedAt;
  }
  return latest;
}

const billion = 1_000_000_000;

/** count ≤ share × whole, in integer parts per billion: a float would move the boundary. */
export function isWithin(count: bigint, share: number, whole: bigint): boolean {
  return count * BigInt(billion) <= BigInt(Math.round(share * billion)) * whole;
}

/** 1 − lost/produced, and 1 only if nothing is lost. */
export function completenessOf(produced: bigint, lost: bigint): number {
  if (lost === 0n) return 1;
  return Math.min(Number(produced - lost) / Number(produced), 1 - Number.EPSILON / 2);
}

function sum<Each>(list: readonly Each[], of: (each: Each) => bigint): bigint {
  return saturate(list.reduce((total, each) => total + of(each), 0n));
}

function addSeconds(instant: Date, seconds: number): Date {
  return new Date(instant.getTime() + seconds * 1000);
}
