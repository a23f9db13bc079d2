import type { SloItemJson, SloMeasureJson, SloPeriodJson } from "#domain/api/slo.ts";
import { formatInstant } from "#domain/instant.ts";
import {
  addCounts,
  attain,
  countsDiffer,
  effectiveObjectives,
  formatDay,
  type Measure,
  measures,
  type Period,
  type Promised,
  promisedHours,
} from "#domain/slo.ts";
import type { SloFilter } from "./slo-input.ts";
import type { TypeFigures } from "./type-figures.ts";

type Scope = SloItemJson["scope"];

/** Types together as one entry. A tier is held to what the tier promises; others to what each of their types does. */
export function toItem(scope: Scope, name: string, types: readonly TypeFigures[], period: Period): SloItemJson {
  const promised = types.map((type) => promisedOf(scope, type, type.counts, period));
  const counts = addCounts(types.map((type) => type.counts));
  const all = promised.reduce((sum, type) => sum + type.promisedHours, 0);
  const first = types[0];
  return {
    scope,
    name,
    tier: scope === "tier" ? name : scope === "eventType" ? (first?.tier ?? null) : null,
    owner: scope === "owner" ? name : scope === "eventType" ? (first?.owner ?? null) : null,
    types: types.length,
    hours: {
      promised: all,
      due: counts.dueHours,
      excused: counts.excusedHours,
      undecided: Math.max(0, all - counts.dueHours - counts.excusedHours),
    },
    ...attainments(promised),
    ...freezing(scope, types, period),
  };
}

/** The tiers, the most urgent objective's order being unknown, by name; then the types. */
export function toItems(types: readonly TypeFigures[], period: Period): SloItemJson[] {
  return [...groupItems("tier", types, period), ...types.map((type) => toItem("eventType", type.name, [type], period))];
}

export function groupItems(scope: "tier" | "owner", types: readonly TypeFigures[], period: Period): SloItemJson[] {
  const groups = Map.groupBy(types, (type) => type[scope]);
  return [...groups].sort(([a], [b]) => (a < b ? -1 : 1)).map(([name, group]) => toItem(scope, name, group, period));
}

/** The whole of what was asked for. */
export function toTotal(types: readonly TypeFigures[], filter: SloFilter, period: Period): SloItemJson {
  const { tier, owner, eventType } = filter;
  if (eventType !== undefined) return toItem("eventType", eventType, types, period);
  if (tier !== undefined && owner === undefined) return toItem("tier", tier, types, period);
  if (owner !== undefined && tier === undefined) return toItem("owner", owner, types, period);
  return toItem("all", owner === undefined ? "all types" : `${tier} types of ${owner}`, types, period);
}

export function toPeriod(period: Period, types: readonly TypeFigures[]): SloPeriodJson {
  const { kind, name, from, to } = period;
  return { kind, name, from: formatDay(from), to: formatDay(to), frozen: isFrozen(period, types) };
}

function isFrozen({ kind }: Period, types: readonly TypeFigures[]): boolean {
  return kind === "month" && types.length > 0 && types.every(({ frozenAt }) => frozenAt !== null);
}

function promisedOf(scope: Scope, type: TypeFigures, counts: TypeFigures["counts"], period: Period): Promised {
  const objectives = scope === "tier" ? effectiveObjectives(type.tierObjectives, type.objectives) : type.objectives;
  return { counts, promisedHours: promisedHours(type, period), objectives };
}

function attainments(promised: readonly Promised[]): Record<Measure, SloMeasureJson> {
  const entries = measures.map((measure) => [measure, attain(measure, promised)]);
  return Object.fromEntries(entries) as Record<Measure, SloMeasureJson>;
}

function freezing(scope: Scope, types: readonly TypeFigures[], period: Period) {
  const restated = types.some(({ counts, frozenCounts }) => frozenCounts && countsDiffer(counts, frozenCounts));
  const frozen = isFrozen(period, types);
  const latest = types.reduce((last, { frozenAt }) => Math.max(last, frozenAt?.getTime() ?? 0), 0);
  const asFrozen = attainments(types.map((type) => promisedOf(scope, type, type.frozenCounts ?? type.counts, period)));
  const shares = measures.map((measure) => [measure, asFrozen[measure][asFrozen[measure].basis].attainment]);
  return {
    frozenAt: frozen ? formatInstant(new Date(latest)) : null,
    restated,
    asFrozen: restated ? (Object.fromEntries(shares) as Record<Measure, number | null>) : null,
  };
}
