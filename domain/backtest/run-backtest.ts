import { isTypeInScope } from "../alert/in-scope.ts";
import type { AlertRule } from "../alert.ts";
import { type Firing, fire } from "./fire.ts";
import type { History, PastHour, PastType } from "./history.ts";
import { hasPromise, type Outcome, outcomeOf } from "./outcome.ts";
import { isFalse, isUndecided, type Page, pagesOf, type SubjectFiring } from "./pages.ts";
import { type ReplayPlan, replayPlanOf } from "./replay-plan.ts";
import { type Segment, type Sweep, sweepType } from "./sweep.ts";
import { type Candidate, candidatesOf } from "./thresholds.ts";

/** What one threshold would have done. */
export interface Tally {
  candidate: Candidate;
  alerts: number;
  pageCount: number;
  /** For the rule's own threshold only: listing them for others is not worth its size. */
  firings: readonly SubjectFiring[];
  pages: readonly Page[];
  falseAlerts: number;
  falsePages: number;
  undecidedAlerts: number;
  undecidedPages: number;
  /** null: no promise is watched by such a rule. */
  breaches: { total: number; caught: number; caughtBeforeDeadline: number; missed: number } | null;
  /** For each caught breach, from the first alert on it to its deadline; ascending. */
  leadsSeconds: readonly number[];
  missedHours: readonly { eventType: string; hour: Date }[];
}

export type BacktestResult =
  | { notReplayable: string; tallies: readonly [] }
  /** One per threshold compared, including the rule's own. */
  | { notReplayable: null; tallies: readonly Tally[] };

/** A type with the rule's readings of it: computed once for all thresholds, unless readings depend on the threshold. */
interface SweptType {
  type: PastType;
  outcomes: readonly Outcome[];
  tracks: (candidate: Candidate) => { sweep: Sweep; tracks: Map<string | null, Segment[]> };
}

/**
 * Replays history under the rule, enabled or not, and under the same rule with other thresholds. It takes seconds: it pauses after each
 * type and threshold, so the process can serve others meanwhile.
 */
export function* runBacktest(asked: AlertRule, history: History): Generator<void, BacktestResult> {
  const rule = { ...asked, spec: { ...asked.spec, enabled: true } };
  const plan = replayPlanOf(rule.spec.metric);
  if (typeof plan === "string") return { notReplayable: plan, tallies: [] };
  const types: SweptType[] = [];
  for (const type of history.types) {
    if (!isTypeInScope(rule.spec.scope, type)) continue;
    types.push(sweepOnce(type, rule, plan, history));
    yield;
  }
  const tallies: Tally[] = [];
  for (const candidate of candidatesOf(rule.spec)) tallies.push(yield* tally(candidate, types, history));
  return { notReplayable: null, tallies };
}

function sweepOnce(type: PastType, rule: AlertRule, plan: ReplayPlan, { until }: History): SweptType {
  const outcomes = type.hours.map((hour) => outcomeOf(hour, type, rule.spec, until));
  const sweepFor = (spec: AlertRule["spec"]) => {
    const sweep: Sweep = { type, rule: { ...rule, spec }, plan, untilMs: until.getTime() };
    return { sweep, tracks: sweepType(sweep) };
  };
  if (plan.byThreshold) return { type, outcomes, tracks: ({ spec }) => sweepFor(spec) };
  const swept = sweepFor(rule.spec);
  return { type, outcomes, tracks: () => swept };
}

function* tally(candidate: Candidate, types: readonly SweptType[], history: History): Generator<void, Tally> {
  const firings: SubjectFiring[] = [];
  const leadsSeconds: number[] = [];
  const missedHours: Tally["missedHours"][number][] = [];
  let total = 0;
  for (const swept of types) {
    const own = firingsOf(candidate, swept, history);
    for (const firing of own) firings.push(firing);
    const fired = firstFired(own);
    for (const [place, hour] of swept.type.hours.entries()) {
      if (swept.outcomes[place] !== "breach") continue;
      total += 1;
      const firedMs = fired.get(place);
      if (firedMs === undefined) missedHours.push({ eventType: swept.type.eventType, hour: hour.hour });
      else leadsSeconds.push((hour.deadlineAt.getTime() - firedMs) / 1000);
    }
    yield;
  }
  const pages = pagesOf(firings, history.datacenters);
  const caught = leadsSeconds.length;
  const caughtBeforeDeadline = leadsSeconds.filter((lead) => lead > 0).length;
  return {
    candidate,
    alerts: firings.length,
    pageCount: pages.length,
    firings: candidate.isCurrent ? firings : [],
    pages: candidate.isCurrent ? pages : [],
    falseAlerts: firings.filter(({ outcome }) => outcome === "false").length,
    falsePages: pages.filter(isFalse).length,
    undecidedPages: pages.filter(isUndecided).length,
    undecidedAlerts: firings.filter(({ outcome }) => outcome === "undecided").length,
    breaches: hasPromise(candidate.spec.metric)
      ? { total, caught, caughtBeforeDeadline, missed: total - caught }
      : null,
    leadsSeconds: leadsSeconds.sort((a, b) => a - b),
    missedHours: candidate.isCurrent ? missedHours.sort((a, b) => b.hour.getTime() - a.hour.getTime()) : [],
  };
}

function firingsOf(candidate: Candidate, { type, outcomes, tracks }: SweptType, { until }: History): SubjectFiring[] {
  const { sweep, tracks: found } = tracks(candidate);
  return [...found].flatMap(([datacenter, segments]) =>
    fire(segments, candidate, until.getTime()).map((firing) =>
      Object.assign(firing, {
        eventType: type.eventType,
        datacenter,
        sweep,
        outcome: outcomeOfFiring(firing, outcomes),
        finalMs: firing.places.reduce((last, place) => Math.max(last, finalMs(type.hours[place] as PastHour)), 0),
      }),
    ),
  );
}

function outcomeOfFiring({ places }: Firing, outcomes: readonly Outcome[]): SubjectFiring["outcome"] {
  const has = (outcome: Outcome) => places.some((place) => outcomes[place] === outcome);
  return has("breach") ? "caught" : has("undecided") ? "undecided" : "false";
}

function finalMs({ settledAt }: PastHour): number {
  return settledAt?.getTime() ?? Number.POSITIVE_INFINITY;
}

function firstFired(firings: readonly SubjectFiring[]): Map<number, number> {
  const first = new Map<number, number>();
  for (const { places, placedMs } of firings) {
    for (const [at, place] of places.entries()) {
      const atMs = placedMs[at] as number;
      first.set(place, Math.min(first.get(place) ?? atMs, atMs));
    }
  }
  return first;
}
