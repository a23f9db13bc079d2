import { parseDuration } from "#domain/duration.ts";
import {
  askNow,
  type ForecastFacts,
  type ForecastModel,
  fitModel,
  forecastHour,
  samplesOf,
  seeNow,
} from "#domain/forecast.ts";
import type { Simulation } from "#simulator/simulation.ts";
import { ReplayedFacts } from "#test/replayed-facts.ts";
import { fleetNews, troubledFleet } from "./fleet-news.ts";
import { medianOf, percent } from "./forecast-score.ts";
import { formatTable } from "./machine.ts";

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
const dayMs = 24 * hourMs;
const types = 20;
const startMs = Date.parse("2026-03-02T00:00:00Z");
const day = (days: number) => startMs + days * dayMs;
// The model is fitted to two weeks, the threshold chosen on the third, then fitted to three weeks and tried on the last ten days.
const chosenFromMs = day(14);
const testedFromMs = day(21);
const endMs = day(31);
const tierDeadlines = { high: 2 * hourMs, normal: 24 * hourMs, low: 72 * hourMs };
const thresholds = [0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9];
const falsePagesWanted = 1;

/** One type's hour that came near, with what was said of it minute by minute. */
interface HourRecord {
  eventType: string;
  endMs: number;
  deadlineMs: number;
  missed: boolean;
  said: { atMs: number; probability: number }[];
}

interface PageScore {
  threshold: number;
  missed: number;
  caught: number;
  leads: number[];
  falsePages: number;
}

/** Simulated incidents: are the hours that will miss their deadline paged before it, and how often is it a false alarm? */
export function scoreFleet(): string {
  const simulation = troubledFleet({ seed: 11, types, fromMs: startMs, toMs: endMs });
  const instants = [
    ...every(15 * minuteMs, startMs + 2 * hourMs, chosenFromMs),
    ...every(5 * minuteMs, chosenFromMs, endMs),
  ];
  const replay = new ReplayedFacts(fleetOf(simulation), fleetNews(simulation, endMs, instants));
  const facts = instants.map((atMs) => replay.facts(atMs));
  const closings = replay.closings(startMs, endMs);
  const samples = facts.flatMap((each) => samplesOf(seeNow(each), each.nowMs));
  const learn = (nowMs: number): ForecastModel => {
    const fitted = fitModel({ closings, samples, nowMs });
    if (!fitted) throw new Error("Nothing was learned.");
    return fitted.model;
  };
  const choosing = recordsOf(learn(chosenFromMs), facts, closings, chosenFromMs, testedFromMs);
  const scores = thresholds.map((threshold) => pageScore(choosing, threshold));
  const weeks = (testedFromMs - chosenFromMs) / (7 * dayMs);
  const chosen =
    scores.find((score) => falsePagesAWeek(score, weeks) <= falsePagesWanted) ?? (scores.at(-1) as PageScore);
  const testedWeeks = (endMs - testedFromMs) / (7 * dayMs);
  const records = recordsOf(learn(testedFromMs), facts, closings, testedFromMs, endMs);
  const tested = pageScore(records, chosen.threshold);
  const incidents = simulation.incidents.filter(({ fromAt }) => fromAt.getTime() >= testedFromMs).length;
  return [
    "### Simulated incidents: is the miss paged before it happens?",
    "",
    `${types} types, five datacenters, ${simulation.incidents.length} incidents in ${(endMs - startMs) / dayMs} days that slow one datacenter down; looked at every`,
    `5 minutes. The threshold, ${percent(chosen.threshold)}, is the lowest with at most ${falsePagesWanted} false page a week per 100 types in the third week;`,
    `then tried on the last ten days (${incidents} incidents).`,
    "",
    formatTable(
      [
        "",
        "missed hours",
        "paged before the deadline",
        "median lead, share of the deadline",
        "false pages a week per 100 types",
      ],
      [row("third week, threshold chosen", chosen, weeks), row("last ten days, tested", tested, testedWeeks)],
    ),
    "",
    "What other thresholds would have done in the last ten days:",
    "",
    formatTable(
      [
        "threshold",
        "missed hours",
        "paged before the deadline",
        "median lead, share of the deadline",
        "false pages a week per 100 types",
      ],
      thresholds.map((threshold) => row(percent(threshold), pageScore(records, threshold), testedWeeks)),
    ),
  ].join("\n");
}

function fleetOf(simulation: Simulation) {
  const terms = simulation.fleet.eventTypes.map(({ name, tier, deadline }) => ({
    eventType: name,
    tier,
    deadlineMs: deadline ? (parseDuration(deadline) ?? 0) * 1000 : tierDeadlines[tier],
    datacenters: simulation.fleet.datacenters
      .map((dc) => dc.name)
      .filter((dc) => simulation.lanes.get(dc)?.some((lane) => lane.type.name === name)),
  }));
  return { types: terms, fromMs: startMs, toMs: endMs };
}

function every(stepMs: number, fromMs: number, toMs: number): number[] {
  return Array.from({ length: Math.ceil((toMs - fromMs) / stepMs) }, (_, at) => fromMs + at * stepMs);
}

/** Every hour that ends in the range, its deadline in it too, with what the model said while it was open and could still be on time. */
function recordsOf(
  model: ForecastModel,
  facts: readonly ForecastFacts[],
  closings: ReturnType<ReplayedFacts["closings"]>,
  fromMs: number,
  toMs: number,
): HourRecord[] {
  const records = new Map<string, HourRecord>();
  for (const each of facts) {
    if (each.nowMs < fromMs || each.nowMs >= toMs) continue;
    for (const question of askNow(each, seeNow(each), model)) {
      const { eventType, endMs: hourEndMs, deadlineMs, nowMs } = question;
      if (hourEndMs <= fromMs || hourEndMs + deadlineMs > toMs || nowMs >= hourEndMs + deadlineMs) continue;
      const key = `${eventType} ${hourEndMs}`;
      const lanes =
        closings.types.find((type) => type.eventType === eventType)?.lanes ?? new Map<string, Float64Array>();
      const closedAtMs = Math.max(
        ...[...lanes.values()].map((lane) => lane[(hourEndMs - startMs) / hourMs - 1] ?? Number.NaN),
      );
      const record = records.get(key) ?? {
        eventType,
        endMs: hourEndMs,
        deadlineMs,
        missed: closedAtMs - hourEndMs > deadlineMs,
        said: [],
      };
      records.set(key, record);
      record.said.push({ atMs: nowMs, probability: forecastHour(model, question).breachProbability });
    }
  }
  return [...records.values()].sort((a, b) => a.endMs - b.endMs);
}

/** A page is a type's run of hours that were said to miss; it is false when none of them did. */
function pageScore(records: readonly HourRecord[], threshold: number): PageScore {
  const score: PageScore = { threshold, missed: 0, caught: 0, leads: [], falsePages: 0 };
  const runs = new Map<string, { lastEndMs: number; missed: boolean }[]>();
  for (const { eventType, endMs: hourEndMs, deadlineMs, missed, said } of records) {
    const first = said.find(({ probability }) => probability >= threshold);
    if (missed) score.missed++;
    if (missed && first) {
      score.caught++;
      score.leads.push((hourEndMs + deadlineMs - first.atMs) / deadlineMs);
    }
    if (!first) continue;
    const ofType = runs.get(eventType) ?? [];
    runs.set(eventType, ofType);
    const run = ofType.at(-1);
    if (run && hourEndMs - run.lastEndMs <= 2 * hourMs) {
      run.lastEndMs = hourEndMs;
      run.missed ||= missed;
    } else ofType.push({ lastEndMs: hourEndMs, missed });
  }
  score.falsePages = [...runs.values()].flat().filter(({ missed }) => !missed).length;
  return score;
}

function falsePagesAWeek({ falsePages }: PageScore, weeks: number): number {
  return (falsePages / weeks / types) * 100;
}

function row(name: string, score: PageScore, weeks: number): (string | number)[] {
  return [
    name,
    score.missed,
    percent(score.caught / score.missed),
    percent(medianOf(score.leads)),
    falsePagesAWeek(score, weeks).toFixed(1),
  ];
}
