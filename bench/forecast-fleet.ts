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
import { percent } from "./forecast-score.ts";
import { formatTable, percentile } from "./machine.ts";

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
const dayMs = 24 * hourMs;
const startMs = Date.parse("2026-03-02T00:00:00Z");
const day = (days: number) => startMs + days * dayMs;
// A model of twelve days is tested on the following nine, to choose the threshold; then one of all those on the last ten.
const chosenFromMs = day(12);
const testedFromMs = day(21);
const endMs = day(31);
const tierDeadlines = { high: 2 * hourMs, normal: 24 * hourMs, low: 72 * hourMs };
const columns = [
  "hours missed",
  "paged before the deadline",
  "median lead, share of the deadline",
  "pages",
  "false pages a week",
];
const thresholds = [0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9];
const aim = { caught: 0.95, lead: 0.3 };

/** One type's hour that came near its deadline, with its forecasts minute by minute. */
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
  /** The time before the deadline, as a share of it. */
  leads: number[];
  pages: number;
  falsePages: number;
}

/** Simulated incidents: do hours that will miss their deadline page before it, and how often is a page false? */
export function scoreFleet(types = 20): string {
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
  const chosen = choose(scores);
  const testedWeeks = (endMs - testedFromMs) / (7 * dayMs);
  const records = recordsOf(learn(testedFromMs), facts, closings, testedFromMs, endMs);
  const incidents = simulation.incidents.filter(({ fromAt }) => fromAt.getTime() >= testedFromMs).length;
  return [
    "### Simulated incidents: is the miss paged before it happens?",
    "",
    `${types} types, five datacenters, ${simulation.incidents.length} incidents in ${(endMs - startMs) / dayMs} days that slow one datacenter down; looked at every`,
    `5 minutes. One cause makes one page. In days 13 to 21, by a model of the days before:`,
    "",
    formatTable(
      ["threshold", ...columns],
      scores.map((score) => row(percent(score.threshold), score, weeks)),
    ),
    "",
    `Chosen there: ${percent(chosen.threshold)}, the middle one of those with the fewest false pages that page ${percent(aim.caught)} of the misses with a`,
    `median lead of ${percent(aim.lead)} of the deadline. In days 22 to 31 (${incidents} incidents), by a model of all before, it and the others did:`,
    "",
    formatTable(
      ["threshold", ...columns],
      thresholds.map((threshold) => {
        const name = threshold === chosen.threshold ? `**${percent(threshold)}**` : percent(threshold);
        return row(name, pageScore(records, threshold), testedWeeks);
      }),
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

/**
 * Every hour that ends in the range, its deadline in it too, with the model's forecasts while it was open and could still be on time.
 */
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

/**
 * One cause makes one page: hours forecast to miss at the same time, or within two hours of one that was. A page is false if none of its
 * hours missed.
 */
function pageScore(records: readonly HourRecord[], threshold: number): PageScore {
  const paged = records.flatMap((record) => {
    const above = record.said.filter(({ probability }) => probability >= threshold);
    const [first, last] = [above[0], above.at(-1)];
    return first && last ? [{ ...record, firstMs: first.atMs, lastMs: last.atMs }] : [];
  });
  const pages: { lastMs: number; missed: boolean }[] = [];
  for (const { firstMs, lastMs, missed } of paged.sort((a, b) => a.firstMs - b.firstMs)) {
    const page = pages.at(-1);
    if (page && firstMs - page.lastMs <= 2 * hourMs) {
      page.lastMs = Math.max(page.lastMs, lastMs);
      page.missed ||= missed;
    } else pages.push({ lastMs, missed });
  }
  const caught = paged.filter(({ missed }) => missed);
  return {
    threshold,
    missed: records.filter(({ missed }) => missed).length,
    caught: caught.length,
    leads: caught.map(({ endMs: hourEndMs, deadlineMs, firstMs }) => (hourEndMs + deadlineMs - firstMs) / deadlineMs),
    pages: pages.length,
    falsePages: pages.filter(({ missed }) => !missed).length,
  };
}

/** Of those that reach the target, or of all if none does, the one with the fewest false pages; of ties the middle one. */
function choose(scores: readonly PageScore[]): PageScore {
  const reaches = ({ caught, missed, leads }: PageScore) =>
    caught >= aim.caught * missed && percentile(leads, 0.5) >= aim.lead;
  const good = scores.filter(reaches);
  const candidates = good.length > 0 ? good : scores;
  const fewest = Math.min(...candidates.map(({ falsePages }) => falsePages));
  const equals = candidates.filter(({ falsePages }) => falsePages === fewest);
  return equals[Math.floor((equals.length - 1) / 2)] as PageScore;
}

function row(name: string, score: PageScore, weeks: number): (string | number)[] {
  return [
    name,
    score.missed,
    percent(score.caught / score.missed),
    percent(percentile(score.leads, 0.5)),
    score.pages,
    (score.falsePages / weeks).toFixed(1),
  ];
}
