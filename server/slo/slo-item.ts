import type { SloItemJson, SloMeasureJson, SloPeriodJson } from "#domain/api/slo.ts";
import { formatInstant } from "#domain/instant.ts";
import {
  addCounts,
  attain,
  effectiveObjectives,
  formatDay,
  type Measure,
  measures,
  type Period,
  type Promised,
  type SloCounts,
} from "#domain/slo.ts";
import type { SloFilter } from "./slo-input.ts";
import type { Figures, TypeFigures } from "./type-figures.ts";

type Scope = SloItemJson["scope"];

/** Combines types into one entry. A type is held to its own objectives; in a group, each tier's types to the tier's. */
export function toItem(
  scope: Scope,
  name: string,
  figures: readonly Figures[],
  owner: string | null = null,
): SloItemJson {
  const counts = addCounts(figures.map((each) => each.counts));
  const promised = figures.reduce((sum, each) => sum + each.promisedHours, 0);
  return {
    scope,
    name,
    tier: scope === "tier" ? name : scope === "eventType" ? (figures[0]?.tier ?? null) : null,
    owner: scope === "owner" ? name : owner,
    types: figures.reduce((sum, { types }) => sum + types, 0),
    pastRecords: figures.reduce((sum, { pastRecords }) => sum + pastRecords, 0),
    hours: {
      promised,
      due: counts.dueHours,
      excused: counts.excusedHours,
      undecided: Math.max(0, promised - counts.dueHours - counts.excusedHours),
    },
    ...attainments(scope, figures, ({ counts: now }) => now),
    ...freezing(scope, figures),
  };
}

/** Tiers by name, then types. */
export function toItems(types: readonly TypeFigures[]): SloItemJson[] {
  return [...groupItems("tier", types), ...typeItems(types)];
}

export function typeItems(types: readonly TypeFigures[]): SloItemJson[] {
  return types.map((type) => toItem("eventType", type.name, [type], type.owner));
}

export function tierItems(figures: readonly Figures[]): SloItemJson[] {
  return itemsOf(
    "tier",
    Map.groupBy(figures, ({ tier }) => tier),
  );
}

export function groupItems(scope: "tier" | "owner", types: readonly TypeFigures[]): SloItemJson[] {
  return itemsOf(
    scope,
    Map.groupBy(types, (type) => type[scope]),
  );
}

function itemsOf(scope: "tier" | "owner", groups: Map<string, Figures[]>): SloItemJson[] {
  return [...groups].sort(([a], [b]) => (a < b ? -1 : 1)).map(([name, group]) => toItem(scope, name, group));
}

/** The total over everything requested. */
export function toTotal(figures: readonly Figures[], { tier, owner, eventType }: SloFilter): SloItemJson {
  if (eventType !== undefined) return toItem("eventType", eventType, figures, ownerOf(figures));
  if (tier !== undefined && owner === undefined) return toItem("tier", tier, figures);
  if (owner !== undefined && tier === undefined) return toItem("owner", owner, figures);
  return toItem("all", owner === undefined ? "all types" : `${tier} types of ${owner}`, figures);
}

function ownerOf(figures: readonly Figures[]): string | null {
  const [first] = figures as readonly Partial<TypeFigures>[];
  return first?.owner ?? null;
}

export function toPeriod({ kind, name, from, to }: Period, figures: readonly Figures[]): SloPeriodJson {
  return { kind, name, from: formatDay(from), to: formatDay(to), frozen: isFrozen(figures) };
}

/** The last 28 days never are: none of their figures is. */
function isFrozen(figures: readonly Figures[]): boolean {
  return figures.length > 0 && figures.every(({ frozenAt }) => frozenAt !== null);
}

function attainments(
  scope: Scope,
  figures: readonly Figures[],
  countsOf: (figures: Figures) => SloCounts,
): Record<Measure, SloMeasureJson> {
  const promised: Promised[] = figures.map((each) => ({
    tier: each.tier,
    counts: countsOf(each),
    promisedHours: each.promisedHours,
    isRunning: each.isRunning,
    // A tier without an objective of its own has those of its types.
    objectives: scope === "eventType" ? each.objectives : effectiveObjectives(each.tierObjectives, each.objectives),
  }));
  const entries = measures.map((measure) => [measure, { ...attain(measure, promised), change: null }]);
  return Object.fromEntries(entries) as Record<Measure, SloMeasureJson>;
}

function freezing(scope: Scope, figures: readonly Figures[]): Pick<SloItemJson, "frozenAt" | "restated" | "asFrozen"> {
  const latest = figures.reduce((last, { frozenAt }) => Math.max(last, frozenAt?.getTime() ?? 0), 0);
  const frozenAt = isFrozen(figures) ? formatInstant(new Date(latest)) : null;
  if (figures.every(({ restatedFrom }) => restatedFrom === null)) return { frozenAt, restated: false, asFrozen: null };
  const was = attainments(scope, figures, ({ restatedFrom, counts }) => restatedFrom ?? counts);
  const shares = measures.map((measure) => [measure, was[measure][was[measure].basis].attainment]);
  return { frozenAt, restated: true, asFrozen: Object.fromEntries(shares) as Record<Measure, number | null> };
}
