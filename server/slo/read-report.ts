import type { SloCauseJson } from "#domain/api/slo.ts";
import type { SloReport } from "#domain/api/slo-report.ts";
import { formatInstant } from "#domain/instant.ts";
import { freezesAt, monthOf, type Period } from "#domain/slo.ts";
import { type Call, requireScope } from "#server/access/index.ts";
import { calendarDays } from "./calendar-days.ts";
import { countPendingDays } from "./count-pending-days.ts";
import { healthRows, weekNames } from "./health-rows.ts";
import { listExcuses } from "./list-excuses.ts";
import { listRestatements } from "./list-restatements.ts";
import { loadCauses, type TypeCause, totalCauses } from "./load-causes.ts";
import { loadDayFigures } from "./load-day-figures.ts";
import { loadIncidents } from "./load-incidents.ts";
import { readMonths } from "./read-months.ts";
import { checkFilter, type PeriodInput, readPeriod, type SloFilter } from "./slo-input.ts";
import { groupItems, toItem, toPeriod, toTotal } from "./slo-item.ts";
import { isAsked, loadTypeFigures, type TypeFigures } from "./type-figures.ts";

const worstShown = 5;
const causesShown = 8;
const restatementsShown = 20;

/** Everything on the managers' page, for a month or the last 28 days. */
export async function readReport({ ctx, input }: Call<PeriodInput & SloFilter>): Promise<SloReport> {
  requireScope(ctx, "read");
  const now = ctx.clock.now();
  const { sql } = ctx.database;
  const period = readPeriod(input, now);
  await checkFilter(sql, input);
  const { tier, owner, eventType } = input;
  const filter = { ...(tier && { tier }), ...(owner && { owner }), ...(eventType && { eventType }) };
  // The current month if the period is the last 28 days.
  const month = (period.kind === "month" ? period.from : monthOf(now)).toISOString().slice(0, 7);
  const [everything, figures, causes, months, restatements, excuses, pendingDays] = await Promise.all([
    loadTypeFigures(sql, period, {}),
    loadDayFigures(sql, period, filter),
    loadCauses(sql, period),
    readMonths({ ctx, input: { ...filter, month } }),
    listRestatements({ ctx, input: { ...filter, month, limit: restatementsShown, after: null } }),
    listExcuses({ ctx, input: { period, limit: restatementsShown, after: null } }),
    countPendingDays(sql),
  ]);
  const types = everything.filter((type) => isAsked(type, filter));
  const names = new Set(types.map(({ name }) => name));
  const ofThese = causes.filter((cause) => names.has(cause.eventType));
  // Once the types are known: only their affected hours are queried.
  const incidents = await loadIncidents(sql, period, [...names], now);
  const total = toTotal(types, filter);
  const tiers = groupItems("tier", types);
  const owners = groupItems("owner", types);
  const top = (by: "datacenter" | "stage" | "deployment") => totalCauses(ofThese, by).slice(0, causesShown);
  return {
    period: toPeriod(period, types),
    asOf: formatInstant(now),
    freezesAt: freezingAt(period, types),
    pendingDays,
    filter,
    total,
    tiers,
    owners,
    weeks: weekNames(period),
    health: healthRows(figures, [...tiers, ...owners], period),
    days: calendarDays(figures, total, period),
    months: months.items,
    worst: worstOf(types, ofThese),
    causes: { datacenters: top("datacenter"), stages: top("stage"), deployments: top("deployment") },
    incidents,
    restatements: restatements.items,
    moreRestatements: restatements.next !== null,
    excuses: excuses.items.filter((excuse) => excuse.eventTypes.some((name) => names.has(name))),
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

/** The types with the most late or incomplete hours. */
function worstOf(types: readonly TypeFigures[], causes: readonly TypeCause[]): SloReport["worst"] {
  const broken = ({ counts }: TypeFigures) =>
    counts.dueHours - counts.metHours + counts.provenHours - counts.completeHours;
  const worst = types.filter((type) => broken(type) > 0).toSorted((a, b) => broken(b) - broken(a));
  return worst.slice(0, worstShown).map((type) => ({
    item: toItem("eventType", type.name, [type], type.owner),
    causes: causes
      .filter(({ eventType }) => eventType === type.name)
      .slice(0, 3)
      .map(toCause),
  }));
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
