import { addHours, type Hour, hourEnd, hourOf } from "#domain/hour.ts";
import { deployments, sparseBeats } from "./fleet-messages.ts";
import { countsAt, type HourPlan, planHour } from "./hour-plan.ts";
import { type CloudEvent, countersMessage, type Timed, watermarkMessage } from "./messages.ts";
import { movingHours } from "./moving-hours.ts";
import { diedAt, saidAt } from "./reachability.ts";
import { counts, reporters, reportsOf } from "./reporters.ts";
import type { Lane, Simulation } from "./simulation.ts";

const minuteMs = 60_000;

/**
 * What was reported in (fromAt, toAt] that affects verdicts, in order of time: each hour's final counts and each type's
 * closing, grouped by the minute, and the fleet's other messages. Hours still open at `toAt` are left to a snapshot.
 */
export function* historyMessages(simulation: Simulation, fromAt: Date, toAt: Date): Generator<CloudEvent> {
  const slots = new Map<number, Timed[]>();
  const put = (timed: Timed) => {
    if (timed.at <= fromAt || timed.at > toAt) return;
    const slot = hourOf(timed.at).getTime();
    const waiting = slots.get(slot);
    if (waiting) waiting.push(timed);
    else slots.set(slot, [timed]);
  };
  const moving = new Map<string, Set<number>>();
  for (const dc of simulation.lanes.keys()) {
    moving.set(dc, new Set(movingHours(simulation, dc, fromAt, toAt).map((hour) => hour.getTime())));
  }
  const first = Math.min(...[...moving.values()].flatMap((hours) => [...hours].slice(0, 1)));
  for (let hour = new Date(first); hour <= toAt; hour = addHours(hour, 1)) {
    for (const [dc, lanes] of simulation.lanes) {
      if (!moving.get(dc)?.has(hour.getTime())) continue;
      for (const timed of hourMessages(simulation, lanes, hour)) put(timed);
    }
    for (const timed of deployments(simulation, hour, hourEnd(hour))) put(timed);
    for (const timed of sparseBeats(simulation, hour > fromAt ? hour : fromAt, hourEnd(hour))) put(timed);
    // Later hours report nothing before they start: this hour's slot is complete now. At equal instants counts come before
    // the watermark that closes them, and the sort is stable.
    const slot = slots.get(hour.getTime()) ?? [];
    slots.delete(hour.getTime());
    yield* slot.sort(bySaid).map(({ message }) => message);
  }
}

function bySaid(a: Timed, b: Timed): number {
  return a.at.getTime() - b.at.getTime();
}

/** Everything that one datacenter reports about one hour once it is over. */
function* hourMessages(simulation: Simulation, lanes: readonly Lane[], hour: Hour): Generator<Timed> {
  const dc = lanes[0]?.dc.name;
  if (dc === undefined) return;
  const plans = lanes.map((lane) => planHour(simulation, lane, hour));
  for (const { instance, stage } of reporters) {
    if (stage === "delivered") continue;
    const own = plans.filter(({ lane }) => counts(instance, lane.type));
    if (own.length === 0) continue;
    const known = stage === "produced" ? hourEnd(hour) : latest(plans.map(({ publishedAt }) => publishedAt));
    const lastAt = diedAt(simulation.incidents, dc, instance, known);
    if (lastAt === null) yield* countsOf(simulation, dc, instance, own, known);
    else if (lastAt > hour) yield* lastWords(dc, instance, own, lastAt);
  }
  yield* closings(simulation, dc, plans);
  for (const returnsAt of returns(plans)) {
    for (const instance of ["pubsub-bridge-1", "exporter-1"]) {
      const changed = plans.filter(({ effects }) =>
        effects.some((effect) => effect.returnsAt?.getTime() === returnsAt),
      );
      yield* countsOf(simulation, dc, instance, changed, new Date(returnsAt));
    }
  }
}

/** Minute by minute: first the counts of all whose events have arrived by then, then the marks of those that close. */
function* closings(simulation: Simulation, dc: string, plans: readonly HourPlan[]): Generator<Timed> {
  const byMinute = Map.groupBy(plans, ({ closesAt }) => Math.floor(closesAt.getTime() / minuteMs));
  let uncounted = plans;
  for (const [, closing] of [...byMinute].sort(([a], [b]) => a - b)) {
    const at = latest(closing.map(({ closesAt }) => closesAt));
    if (closing.some((plan) => uncounted.includes(plan))) {
      const there = uncounted.filter(({ countedAt }) => countedAt <= at);
      yield* countsOf(simulation, dc, "exporter-1", there, at);
      uncounted = uncounted.filter((plan) => !there.includes(plan));
    }
    const marks = closing.map(({ lane, hour }) => ({ eventType: lane.type.name, watermark: hourEnd(hour) }));
    const said = saidAt(simulation.incidents, dc, "exporter-1", at);
    const about = nameOf(closing);
    yield { at: said, message: watermarkMessage({ dc, instance: "exporter-1", at: said, about, marks }) };
  }
}

function* countsOf(
  simulation: Simulation,
  dc: string,
  instance: string,
  plans: readonly HourPlan[],
  at: Date,
): Generator<Timed> {
  const stage = reporters.find((reporter) => reporter.instance === instance)?.stage ?? "delivered";
  const said = saidAt(simulation.incidents, dc, instance, at);
  const reports = plans.flatMap((plan) => reportsOf(plan, countsAt(plan, said), instance));
  if (reports.length === 0) return;
  const about = nameOf(plans);
  yield { at: said, message: countersMessage({ dc, instance, at: said, stage, about, reports }) };
}

function* lastWords(dc: string, instance: string, plans: readonly HourPlan[], at: Date): Generator<Timed> {
  const reports = plans.flatMap((plan) => reportsOf(plan, countsAt(plan, at), instance));
  if (reports.length === 0) return;
  yield { at, message: countersMessage({ dc, instance, at, stage: "produced", about: nameOf(plans), reports }) };
}

function nameOf(plans: readonly HourPlan[]): string {
  return plans[0]?.hour.toISOString().slice(0, 13) ?? "";
}

function returns(plans: readonly HourPlan[]): Set<number> {
  const all = plans.flatMap(({ effects }) => effects.filter(({ lost }) => lost > 0).map(({ returnsAt }) => returnsAt));
  return new Set(all.flatMap((returnsAt) => (returnsAt ? [returnsAt.getTime()] : [])));
}

function latest(instants: readonly Date[]): Date {
  return new Date(Math.max(...instants.map((instant) => instant.getTime())));
}
