import type { SloCauseJson, SloExcuseJson, SloItemJson, SloMonthsJson, SloRestatementJson } from "#domain/api/slo.ts";
import type { SloIncidents, SloReport } from "#domain/api/slo-report.ts";
import { formatInstant } from "#domain/instant.ts";
import { allWithChanges, causeRows, freezesAt, mostPromisedFirst, type Period, withChanges } from "#domain/slo.ts";
import { calendarOf } from "./calendar-days.ts";
import { healthRows, weekNames } from "./health-rows.ts";
import { heldUpBy, type TypeCause } from "./load-causes.ts";
import type { DayFigures } from "./load-day-figures.ts";
import type { SloFilter } from "./slo-input.ts";
import { groupItems, toPeriod, toTotal, typeItems } from "./slo-item.ts";
import { isAsked, type TypeFigures } from "./type-figures.ts";

const worstShown = 5;

export interface ReportParts {
  readonly period: Period;
  readonly now: Date;
  readonly filter: SloFilter;
  /** Every type, whatever the filter. */
  readonly everything: readonly TypeFigures[];
  /** Of the month before, filtered. */
  readonly earlier: readonly TypeFigures[];
  readonly figures: readonly DayFigures[];
  readonly causes: readonly TypeCause[];
  readonly months: SloMonthsJson["items"];
  readonly incidents: SloIncidents;
  readonly restatements: { readonly items: SloRestatementJson[]; readonly next: unknown };
  readonly excuses: readonly SloExcuseJson[];
  readonly pendingDays: number;
}

/** The one record of a period: page, paper and mail only put it into words. */
export function composeReport(parts: ReportParts): SloReport {
  const { period, now, everything, earlier, figures, causes, restatements } = parts;
  const { tier, owner, eventType } = parts.filter;
  const filter = { ...(tier && { tier }), ...(owner && { owner }), ...(eventType && { eventType }) };
  const types = everything.filter((type) => isAsked(type, filter));
  const names = new Set(types.map(({ name }) => name));
  const ofThese = causes.filter((cause) => names.has(cause.eventType));
  const total = withChanges(toTotal(types, filter), toTotal(earlier, filter));
  const tiers = allWithChanges(groupItems("tier", types), groupItems("tier", earlier)).sort(mostPromisedFirst);
  const owners = allWithChanges(groupItems("owner", types), groupItems("owner", earlier));
  const items = allWithChanges(typeItems(types), typeItems(earlier));
  return {
    period: toPeriod(period, types),
    asOf: formatInstant(now),
    freezesAt: freezingAt(period, types),
    pendingDays: parts.pendingDays,
    filter,
    total,
    tiers,
    owners,
    weeks: weekNames(period),
    health: healthRows(figures, [...tiers, ...owners], period),
    ...calendarOf(figures, { total, tiers }, period),
    types: items.toSorted(mostBrokenFirst),
    months: parts.months,
    worst: worstOf(items, ofThese),
    causes: {
      datacenters: heldUpBy(ofThese),
      rows: causeRows(ofThese, {
        lateHours: total.timeliness.hours.bad,
        lostEvents: total.completeness.events.bad,
      }),
    },
    incidents: parts.incidents,
    restatements: restatements.items,
    moreRestatements: restatements.next !== null,
    excuses: parts.excuses.filter((excuse) => excuse.eventTypes.some((name) => names.has(name))),
    choices: {
      tiers: [...new Set(everything.map((type) => type.tier))].sort(),
      owners: [...new Set(everything.map((type) => type.owner))].sort(),
    },
  };
}

/** When the last one freezes; null once all are. */
function freezingAt({ kind, from }: Period, types: readonly TypeFigures[]): string | null {
  if (kind !== "month" || types.every(({ frozenAt }) => frozenAt !== null)) return null;
  const instants = types.map((type) => freezesAt({ month: from, ...type }).getTime());
  return formatInstant(new Date(Math.max(...instants)));
}

/** The types with the most late or incomplete hours, each with its causes. */
function worstOf(items: readonly SloItemJson[], causes: readonly TypeCause[]): SloReport["worst"] {
  const worst = items.filter((item) => brokenOf(item) > 0).toSorted(mostBrokenFirst);
  return worst.slice(0, worstShown).map((item) => ({
    item,
    causes: causes
      .filter(({ eventType }) => eventType === item.name)
      .slice(0, 3)
      .map(toCause),
  }));
}

function brokenOf({ timeliness, completeness }: SloItemJson): number {
  return timeliness.hours.bad + completeness.hours.bad;
}

function mostBrokenFirst(a: SloItemJson, b: SloItemJson): number {
  return brokenOf(b) - brokenOf(a) || (a.name < b.name ? -1 : 1);
}

function toCause({ measure, datacenter, stage, deployment, hours, events }: TypeCause): SloCauseJson {
  return {
    measure,
    datacenter: datacenter || null,
    stage: stage || null,
    deployment: deployment || null,
    hours,
    events,
  };
}
