import type { AlertRule } from "#domain/alert.ts";
import { formatThreshold } from "#domain/alert-rule.ts";
import type { BacktestJson, CurvePointJson } from "#domain/api/backtest.ts";
import { type BacktestResult, type History, hasPromise, readsForecasts, type Tally } from "#domain/backtest.ts";
import { formatHour, type Hour } from "#domain/hour.ts";
import { formatInstant } from "#domain/instant.ts";

const weekMs = 7 * 86_400_000;
const shown = 100;

export function toBacktestJson(
  rule: AlertRule,
  name: string | null,
  history: History,
  { notReplayable, tallies }: BacktestResult,
): BacktestJson {
  const { from, to, types } = history;
  const dataFrom = firstHourOf(history);
  const { metric, severity, threshold } = rule.spec;
  const weeks = weeksOf(history, dataFrom);
  const own = tallies.find(({ candidate }) => candidate.isCurrent);
  return {
    rule: name,
    metric,
    severity,
    threshold: threshold && formatThreshold(threshold),
    from: formatHour(from),
    to: formatHour(to),
    dataFrom: dataFrom && formatHour(dataFrom),
    weeks: rounded(weeks),
    notReplayable,
    notes: notReplayable === null ? notesOf(rule, history, dataFrom) : [],
    eventTypes: history.typesInScope,
    replayedEventTypes: notReplayable === null ? types.length : 0,
    hours: types.reduce((sum, { hourCount }) => sum + hourCount, 0),
    alerts: own?.alerts ?? 0,
    pages: own?.pageCount ?? 0,
    pagesPerWeek: rounded((own?.pageCount ?? 0) / weeks),
    falseAlerts: own?.falseAlerts ?? 0,
    falsePages: own?.breaches ? own.falsePages : 0,
    undecidedAlerts: own?.undecidedAlerts ?? 0,
    undecidedPages: own?.breaches ? own.undecidedPages : 0,
    breaches: own?.breaches ?? null,
    lead: own ? leadOf(own.leadsSeconds) : null,
    curve: tallies.map((tally) => pointOf(tally, weeks)),
    firings: own ? firingsOf(own) : [],
    missedHours: (own?.breaches ? own.missedHours : [])
      .slice(0, shown)
      .map(({ eventType, hour }) => ({ eventType, hour: formatHour(hour) })),
  };
}

/** null: no type has an hour in the range. */
function firstHourOf({ types }: History): Hour | null {
  const first = types.flatMap(({ firstHour }) => firstHour?.getTime() ?? []).reduce((a, b) => Math.min(a, b), Infinity);
  return first === Infinity ? null : new Date(first);
}

/** Weeks that have data: neither those before the first hour nor those to come. At least one: a day is not extrapolated. */
function weeksOf({ from, to, until }: History, dataFrom: Hour | null): number {
  const endMs = Math.min(to.getTime(), until.getTime());
  return Math.max(1, (endMs - (dataFrom ?? from).getTime()) / weekMs);
}

function pointOf(tally: Tally, weeks: number): CurvePointJson {
  const { candidate, alerts, pageCount, falsePages, breaches, leadsSeconds } = tally;
  return {
    threshold: candidate.name,
    value: candidate.value,
    isCurrent: candidate.isCurrent,
    alerts,
    pagesPerWeek: rounded(pageCount / weeks),
    falsePages: breaches ? falsePages : 0,
    caught: breaches?.caught ?? null,
    caughtBeforeDeadline: breaches?.caughtBeforeDeadline ?? null,
    missed: breaches?.missed ?? null,
    medianLeadSeconds: leadsSeconds.length > 0 ? quantile(leadsSeconds, 0.5) : null,
  };
}

function firingsOf({ pages }: Tally): BacktestJson["firings"] {
  return pages
    .flatMap(({ causeKey, firings }) => firings.map((firing) => ({ firing, causeKey })))
    .sort((a, b) => b.firing.firedAtMs - a.firing.firedAtMs)
    .slice(0, shown)
    .map(({ firing: { eventType, datacenter, firedAtMs, resolvedAtMs, outcome }, causeKey }) => ({
      eventType,
      datacenter,
      firedAt: formatInstant(new Date(firedAtMs)),
      resolvedAt: resolvedAtMs === null ? null : formatInstant(new Date(resolvedAtMs)),
      outcome,
      cause: causeKey,
    }));
}

/** Bounds of the bars, in minutes before the deadline. */
const bounds = [-60, -15, 0, 15, 30, 60, 120, 360, 1440].map((minutes) => minutes * 60);

/** Expects ascending leads. */
function leadOf(leads: readonly number[]): BacktestJson["lead"] {
  if (leads.length === 0) return null;
  const edges = [null, ...bounds, null];
  return {
    p10Seconds: quantile(leads, 0.1),
    p50Seconds: quantile(leads, 0.5),
    p90Seconds: quantile(leads, 0.9),
    histogram: edges.slice(1).map((toSeconds, index) => {
      const fromSeconds = edges[index] ?? null;
      const isIn = (lead: number) =>
        lead > (fromSeconds ?? Number.NEGATIVE_INFINITY) && lead <= (toSeconds ?? Number.POSITIVE_INFINITY);
      return { fromSeconds, toSeconds, hours: leads.filter(isIn).length };
    }),
  };
}

function quantile(ascending: readonly number[], share: number): number {
  return Math.round(ascending[Math.min(ascending.length - 1, Math.floor(ascending.length * share))] as number);
}

function rounded(value: number): number {
  return Number(value.toFixed(3));
}

/** Caveats about the figures, in sentences. */
function notesOf({ spec }: AlertRule, history: History, dataFrom: Hour | null): string[] {
  const { from, types, typesInScope } = history;
  const { metric } = spec;
  const forecast = [
    "Probabilities use the current forecast, which has also learned from these hours, evaluated at 0, 15, 30, 45, 60, 90 min … after each hour's end on what was known then. Live, it is evaluated every minute.",
  ];
  return [
    ...(dataFrom !== null && dataFrom > from
      ? [
          `The first hour with a verdict is ${formatHour(dataFrom)}; weeks are counted from it, and less than a week counts as one.`,
        ]
      : []),
    ...(types.length < typesInScope
      ? [
          `An even sample of ${types.length} of ${typesInScope} event types was replayed; counts cover the sample. Narrow the scope or the range to include all.`,
        ]
      : []),
    "Types, deadlines, tolerances and owners are the catalogue's current ones; hours have their current verdicts.",
    "Reports are assumed to have reached Tidemark without delay.",
    "Alerts of one cause count as one page. Other rules, silences and time intervals would reduce the number.",
    ...(readsForecasts(metric) ? forecast : []),
    hasPromise(metric)
      ? "A breach is caught if an alert that names its hour fired before the hour was closed or final. The lead is the time left until the deadline, negative after it."
      : "This metric has no tolerance: nothing can be caught, missed or false.",
  ];
}
