import { isBeyondChance, sayChance } from "../../chance.ts";
import { formatElapsed } from "../../duration.ts";
import { formatCount, formatCountOf } from "../../figures.ts";
import { hourEnd } from "../../hour.ts";
import type { AlertFacts, HourNow, TypeFacts } from "../facts.ts";
import type { Metric, MetricTerms } from "../metric.ts";
import type { Culprit, Reading } from "../reading.ts";

const hourSeconds = 3_600;

interface Fate {
  hour: HourNow;
  /** When its outcome was known. */
  at: Date;
  events: number;
  bad: number;
}

/**
 * How fast events spend the error budget, relative to the rule's limit: per window the lesser of long and short ÷ factor, then the greatest of
 * all windows; above 1 it fires. Events of hours that missed their deadline are bad for the timeliness objective, lost ones for the
 * completeness objective. Weighted by events: at 99.9 % one bad hour a month is over budget. An hour counts once its outcome is known, and a
 * short window spans at least one hour, because counts are hourly. Lost events of a long window that chance explains, where exactly what the
 * objective allows is lost, do not burn. Events of a late hour are late together: chance explains none of that.
 */
export const burnRate: Metric = {
  of: "type",
  label: "Burn rate",
  about: "How many times faster than allowed the error budget is spent, over a long and a short window.",
  condition: () => "the error budget burns too fast",
  threshold: null,
  fires: "above",
  needs: "closed hours",
  cause: { code: "datacenter_behind", score: 0.05 },
  replay: { as: "burning", promise: "objectives" },
  looks: {
    at: "closed hours",
    which: judgedHours,
    chance: sayLikeliest,
    unreadType: ({ objectives: { timeliness, completeness } }) =>
      isBudget(timeliness) || isBudget(completeness) ? null : "no_objective",
  },
  read,
};

interface Burn {
  /** Relative to the rule's factor. */
  value: number;
  burn: number;
  /** The share of bad events that the objective allows. */
  allowed: number;
  longSeconds: number;
  trouble: "late" | "lost";
  fates: Fate[];
}

function burnsOf(type: TypeFacts, { now }: AlertFacts, { windows }: MetricTerms): Burn[] {
  const { timeliness, completeness } = type.objectives;
  const budgets = [
    { objective: timeliness, fates: type.hours.flatMap((hour) => missed(hour, now)), trouble: "late" as const },
    { objective: completeness, fates: type.hours.flatMap((hour) => lossy(hour, now)), trouble: "lost" as const },
  ];
  return budgets.flatMap(({ objective, fates, trouble }) => {
    if (!isBudget(objective)) return [];
    return windows.map(({ longSeconds, shortSeconds, factor }) => {
      const rate = (seconds: number) => badShare(within(fates, now, seconds)) / (1 - objective);
      const burn = Math.min(rate(longSeconds), rate(Math.max(shortSeconds, hourSeconds)));
      return {
        value: burn / factor,
        burn,
        allowed: 1 - objective,
        longSeconds,
        trouble,
        fates: within(fates, now, longSeconds),
      };
    });
  });
}

function isByChance({ value, allowed, trouble, fates }: Burn): boolean {
  return trouble === "lost" && value > 1 && !isBeyondChance(sumOf(fates, "bad"), sumOf(fates, "events"), allowed);
}

/** Of what chance explains the worst. */
function sayLikeliest(type: TypeFacts, facts: AlertFacts, terms: MetricTerms): string | null {
  const [worst] = burnsOf(type, facts, terms)
    .filter(isByChance)
    .sort((a, b) => b.value - a.value);
  if (!worst) return null;
  const [bad, events] = [sumOf(worst.fates, "bad"), sumOf(worst.fates, "events")];
  return `${formatCount(bad)} of ${formatCountOf(events, "event")} of ${type.eventType}, last ${formatElapsed(worst.longSeconds)}, lost; ${sayChance(bad, events, worst.allowed)}`;
}

function read(type: TypeFacts, facts: AlertFacts, terms: MetricTerms): Reading[] {
  const burns = burnsOf(type, facts, terms).filter((burn) => !isByChance(burn));
  const worst = burns.reduce<Burn | null>((a, b) => (a && a.value >= b.value ? a : b), null);
  if (!worst || worst.value === 0) return [];
  const affected = worst.fates.filter(({ bad }) => bad > 0);
  const bad = sumOf(affected, "bad");
  return [
    {
      datacenter: null,
      value: worst.value,
      hours: affected.map(({ hour }) => hour.hour),
      culprits: culpritsOf(type, affected, worst.trouble),
      since: affected[0]?.hour.hour ?? null,
      sentence: () =>
        `${type.eventType}: ${formatCountOf(bad, "event")} of the last ${formatElapsed(worst.longSeconds)} ${bad === 1 ? "was" : "were"} ${worst.trouble}, ${formatCount(Math.round(worst.burn))} times what the objective allows.`,
    },
  ];
}

/** At 100 % there is no budget to spend. */
function isBudget(objective: number | null): objective is number {
  return objective !== null && objective < 1;
}

/** The hours whose outcome became known within the longest window. */
function judgedHours(type: TypeFacts, { now }: AlertFacts, { windows }: MetricTerms): HourNow[] {
  const longest = Math.max(...windows.map(({ longSeconds }) => longSeconds));
  const { timeliness, completeness } = type.objectives;
  return type.hours.filter((hour) => {
    const fates = [
      ...(isBudget(timeliness) ? missed(hour, now) : []),
      ...(isBudget(completeness) ? lossy(hour, now) : []),
    ];
    return within(fates, now, longest).length > 0;
  });
}

/** An hour's timeliness is known when it is closed, or at its deadline. */
function missed(hour: HourNow, now: Date): Fate[] {
  const { closedAt, deadlineAt } = hour;
  const at = closedAt && closedAt <= deadlineAt ? closedAt : deadlineAt;
  if (at > now) return [];
  const events = Math.max(hour.produced, hour.delivered);
  return [{ hour, at, events, bad: closedAt && closedAt <= deadlineAt ? 0 : events }];
}

function lossy(hour: HourNow, now: Date): Fate[] {
  if (!hour.known || !hour.settledAt || hour.settledAt > now) return [];
  return [{ hour, at: hour.settledAt, events: hour.produced, bad: hour.lost }];
}

function within(fates: readonly Fate[], now: Date, seconds: number): Fate[] {
  return fates.filter(({ at }) => at.getTime() > now.getTime() - seconds * 1000);
}

function badShare(fates: readonly Fate[]): number {
  const events = sumOf(fates, "events");
  return events === 0 ? 0 : sumOf(fates, "bad") / events;
}

function sumOf(fates: readonly Fate[], figure: "events" | "bad"): number {
  return fates.reduce((sum, each) => sum + each[figure], 0);
}

/** The datacenters that closed last, or lost most, in the worst hour. */
function culpritsOf(type: TypeFacts, affected: readonly Fate[], trouble: "late" | "lost"): Culprit[] {
  const worst = affected.reduce<Fate | null>((a, b) => (a && a.bad >= b.bad ? a : b), null);
  if (!worst) return [];
  const { deadlineAt, hour } = worst.hour;
  const behind = (closedAt: Date | null) => (closedAt?.getTime() ?? Number.POSITIVE_INFINITY) - hourEnd(hour).getTime();
  const lanes = worst.hour.lanes.filter((lane) =>
    trouble === "lost" ? lane.lost > 0 : !lane.closedAt || lane.closedAt > deadlineAt,
  );
  const sorted = lanes.sort((a, b) =>
    trouble === "lost" ? b.lost - a.lost : behind(b.closedAt) - behind(a.closedAt) || markOf(type, a) - markOf(type, b),
  );
  return sorted.map(({ datacenter }) => ({ trouble, datacenter }));
}

function markOf({ lanes }: TypeFacts, { datacenter }: { datacenter: string }): number {
  return lanes.find((lane) => lane.datacenter === datacenter)?.watermark?.getTime() ?? 0;
}
