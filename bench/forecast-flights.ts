import {
  askNow,
  type ForecastModel,
  type ForecastSample,
  fitModel,
  forecastHour,
  type HourQuestion,
  type SeenHour,
  samplesOf,
  seeNow,
} from "#domain/forecast.ts";
import { type Message, parseEvent } from "#domain/protocol.ts";
import { readExpectedHours, readFlightEvents } from "#test/flights.ts";
import { ReplayedFacts } from "#test/replayed-facts.ts";
import { aucOf, brierOf, calibrationRows, percent, type Scored } from "./forecast-score.ts";
import { formatTable } from "./machine.ts";

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
const quarterMs = 15 * minuteMs;
const day = (ofJanuary: number) => Date.UTC(2001, 0, ofJanuary);
const deadlineMs = hourMs;
const elapsedMinutes = [0, 15, 30, 45, 60];
const datacenters = ["midwest", "northeast", "south-atlantic", "south-central", "west"];
const fleet = {
  types: ["LongHaul", "MediumHaul", "ShortHaul"].map((eventType) => ({
    eventType,
    tier: "high",
    deadlineMs,
    datacenters,
  })),
  fromMs: day(1),
  toMs: day(34),
};

/** "Will it miss 60 minutes?", with everything reported by then, and the outcome. */
interface Question {
  elapsed: number;
  pending: number;
  hourStartMs: number;
  closedAtMs: number;
  missed: boolean;
  ask(model: ForecastModel): HourQuestion;
}

interface Month {
  questions: Question[];
  samples: ForecastSample[];
  replay: ReplayedFacts;
}

/** Fitted to everything known at `untilMs`, tested on the hours of [untilMs, toMs). */
interface Split {
  untilMs: number;
  toMs: number;
}

/** Real lateness: fitted to the first weeks of January, tested on the rest. */
export function scoreFlights(): string {
  const month = liveThrough();
  const threeWeeks = [{ untilMs: day(22), toMs: day(32) }];
  const daily = Array.from({ length: 22 }, (_, at) => ({ untilMs: day(10 + at), toMs: day(11 + at) }));
  return [
    "### Flights: will the hour miss 60 minutes?",
    "",
    "Asked 0, 15, 30, 45 and 60 minutes after an hour's end while it was not closed. References and forecasts are learned from the same hours.",
    "",
    "Learned from 1 to 21 January, asked about 22 to 31 January:",
    "",
    report(month, threeWeeks),
    "",
    "Learned again every midnight from all that came before, as the product does every hour, asked about 10 to 31 January:",
    "",
    report(month, daily),
  ].join("\n");
}

/** Goes through the month in steps of 15 minutes, storing the samples that the product would have stored. */
function liveThrough(): Month {
  const closedAt = new Map(
    readExpectedHours().map((each) => [
      `${each.eventType} ${Date.parse(`${each.hour}:00:00Z`)}`,
      Date.parse(each.closedAt),
    ]),
  );
  const replay = new ReplayedFacts(fleet, readMessages());
  const questions: Question[] = [];
  const samples: ForecastSample[] = [];
  for (let atMs = day(1) + hourMs / 2; atMs <= day(32) + hourMs; atMs += quarterMs) {
    const facts = replay.facts(atMs);
    const seen = seeNow(facts);
    samples.push(...samplesOf(seen, atMs));
    for (const each of seen) {
      const closedAtMs = closedAt.get(`${each.hour.eventType} ${each.hour.hourStartMs}`);
      const elapsed = (atMs - each.endMs) / minuteMs;
      if (!elapsedMinutes.includes(elapsed) || closedAtMs === undefined) continue;
      questions.push({
        elapsed,
        pending: pendingOf(each),
        hourStartMs: each.hour.hourStartMs,
        closedAtMs,
        missed: closedAtMs - each.endMs > deadlineMs,
        ask: (model) => askNow(facts, [each], model)[0] as HourQuestion,
      });
    }
  }
  return { questions, samples, replay };
}

function readMessages(): Message[] {
  return readFlightEvents().map((event) => {
    const parsed = parseEvent(event, new Date("2026-01-01T00:00:00Z"));
    if (!parsed.ok) throw new Error(JSON.stringify(parsed.faults));
    return parsed.message;
  });
}

function pendingOf({ hour }: SeenHour): number {
  return hour.lanes.reduce((sum, { produced, delivered }) => sum + Math.max(0, (produced ?? 0) - delivered), 0);
}

function report({ questions, samples, replay }: Month, splits: readonly Split[]): string {
  const names = ["survival curve by elapsed time", "elapsed time × pending events"];
  const forecasts = ["Tidemark, history imported at once", "Tidemark, history lived through"];
  const scored = new Map<string, Scored[]>([...names, ...forecasts].map((name) => [name, []]));
  const within = { p50: 0, p90: 0 };
  for (const { untilMs, toMs } of splits) {
    // An hour whose outcome was unknown by then is not trained on.
    const known = questions.filter(
      (each) => each.closedAtMs <= untilMs || each.hourStartMs + hourMs + deadlineMs < untilMs,
    );
    const survival = tableOf(known, ({ elapsed }) => `${elapsed}`);
    const pending = tableOf(known, (each) => `${each.elapsed} ${Math.min(each.pending, 5)}`);
    const closings = replay.closings(day(1), untilMs);
    const [imported, lived] = [[], samples].map((seen) => learn({ closings, samples: seen, nowMs: untilMs }));
    for (const question of questions) {
      if (question.hourStartMs < untilMs || question.hourStartMs >= toMs || !imported || !lived) continue;
      const forecast = forecastHour(lived, question.ask(lived));
      const said = [
        survival(question),
        pending(question) ?? survival(question),
        forecastHour(imported, question.ask(imported)).breachProbability,
        forecast.breachProbability,
      ];
      for (const [at, name] of [...names, ...forecasts].entries()) {
        scored.get(name)?.push({ probability: said[at] ?? Number.NaN, outcome: question.missed });
      }
      // Exporters report every 15 minutes: an hour closed "by 14:20" shows as closed at 14:30.
      for (const key of ["p50", "p90"] as const) {
        if (question.closedAtMs <= Math.ceil(forecast.closesAt[key].getTime() / quarterMs) * quarterMs) within[key]++;
      }
    }
  }
  const base = brierOf(scored.get(names[0] as string) ?? []);
  const rows = [...scored].map(([name, all]) => [
    name,
    brierOf(all).toFixed(4),
    (1 - brierOf(all) / base).toFixed(3),
    aucOf(all).toFixed(3),
  ]);
  const last = scored.get(forecasts[1] as string) ?? [];
  const share = (count: number) => percent(count / last.length);
  return [
    formatTable(["forecast", "Brier", "skill over the first", "AUC"], rows),
    "",
    `${last.length} questions, ${share(last.filter(({ outcome }) => outcome).length)} did miss. Of the last forecast:`,
    "",
    formatTable(["said", "times", "on average", "came true"], calibrationRows(last)),
    "",
    `Closed by p50: ${share(within.p50)}, by p90: ${share(within.p90)} (each rounded up to the exporters' next report).`,
  ].join("\n");
}

function learn(history: Parameters<typeof fitModel>[0]): ForecastModel {
  const fitted = fitModel(history);
  if (!fitted) throw new Error("Nothing was learned.");
  return fitted.model;
}

/** The observed frequency for such predictions; null for fewer than five. */
function tableOf(known: readonly Question[], keyOf: (question: Question) => string) {
  const cells = new Map<string, { asked: number; missed: number }>();
  for (const question of known) {
    const cell = cells.get(keyOf(question)) ?? { asked: 0, missed: 0 };
    cells.set(keyOf(question), { asked: cell.asked + 1, missed: cell.missed + Number(question.missed) });
  }
  return (question: Question): number | null => {
    const cell = cells.get(keyOf(question));
    return cell && cell.asked >= 5 ? cell.missed / cell.asked : null;
  };
}
