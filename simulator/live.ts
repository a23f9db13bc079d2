import { backlogOf } from "./backlog.ts";
import { deployments, gaugesInTrouble, heartbeats } from "./fleet-messages.ts";
import { historyMessages } from "./history.ts";
import { countsAt, planHour } from "./hour-plan.ts";
import { isMeasured } from "./measured.ts";
import { type CloudEvent, countersMessage, watermarkMessage } from "./messages.ts";
import { movingHours } from "./moving-hours.ts";
import { canSpeakAt, diedAt, lastHeardAt } from "./reachability.ts";
import { changedReports, counts, reporters, reportsOf } from "./reporters.ts";
import type { Lane, Simulation } from "./simulation.ts";
import { watermarkAt } from "./travel.ts";

const heartbeatEveryMs = 30_000;
const gaugeEveryMs = 60_000;
// A gap longer than this (a laptop slept, the product was down, a drill runs fast) contains closings of its own.
const gapMs = 30_000;

/** What happened in (fromAt, at] in addition to a snapshot at `at`. */
export function* pastMessages(simulation: Simulation, fromAt: Date, at: Date): Generator<CloudEvent> {
  if (at.getTime() - fromAt.getTime() > gapMs) yield* historyMessages(simulation, fromAt, at);
  else for (const { message } of deployments(simulation, fromAt, at)) yield message;
}

/**
 * The counts of hours still moving where they changed since `fromAt` (null: all), every watermark, heartbeats and gauges.
 * `isMonitored`: watermarks and gauges that Cloud Monitoring measures are left to it.
 */
export function* snapshotMessages(
  simulation: Simulation,
  fromAt: Date | null,
  at: Date,
  isMonitored = false,
): Generator<CloudEvent> {
  const reports = (lane: Lane) => !isMonitored || !isMeasured(lane);
  for (const [dc, lanes] of simulation.lanes) {
    if (!canSpeakAt(simulation.incidents, dc, null, at)) continue;
    yield* snapshotCounts(simulation, dc, lanes, fromAt, at);
    const marks = lanes
      .filter(reports)
      .map((lane) => ({ eventType: lane.type.name, watermark: watermarkAt(simulation, lane, at) }));
    yield watermarkMessage({ dc, instance: "exporter-1", at, about: "now", marks });
  }
  if (isBeat(fromAt, at, heartbeatEveryMs)) yield* heartbeats(simulation, at);
  if (isBeat(fromAt, at, gaugeEveryMs)) yield* gauges(simulation, at, reports);
}

function* snapshotCounts(
  simulation: Simulation,
  dc: string,
  lanes: readonly Lane[],
  fromAt: Date | null,
  at: Date,
): Generator<CloudEvent> {
  const { incidents } = simulation;
  const plans = movingHours(simulation, dc, fromAt ?? at, at).flatMap((hour) =>
    lanes.map((lane) => planHour(simulation, lane, hour)),
  );
  for (const { instance, stage } of reporters) {
    const lastAt = diedAt(incidents, dc, instance, at);
    // A host that died since the last snapshot still reported what it had counted by then.
    const saidAt = lastAt && fromAt && lastAt > fromAt ? lastAt : at;
    if (saidAt === at && !canSpeakAt(incidents, dc, instance, at)) continue;
    const heardAt = fromAt && lastHeardAt(incidents, dc, instance, fromAt);
    const own = plans.filter(({ lane }) => counts(instance, lane.type));
    const reports = own.flatMap((plan) => {
      const now = countsAt(plan, saidAt);
      return heardAt ? changedReports(plan, countsAt(plan, heardAt), now, instance) : reportsOf(plan, now, instance);
    });
    if (reports.length > 0) yield countersMessage({ dc, instance, at: saidAt, stage, about: "now", reports });
  }
}

function* gauges(simulation: Simulation, at: Date, reports: (lane: Lane) => boolean): Generator<CloudEvent> {
  for (const [dc, lanes] of simulation.lanes) {
    if (!canSpeakAt(simulation.incidents, dc, null, at)) continue;
    for (const lane of lanes.filter(reports)) yield backlogOf(simulation, lane, "delivered", at);
  }
  for (const gauge of gaugesInTrouble(simulation, at)) if (gauge.data.stage === "published") yield gauge;
}

function isBeat(fromAt: Date | null, at: Date, everyMs: number): boolean {
  return fromAt === null || Math.floor(fromAt.getTime() / everyMs) < Math.floor(at.getTime() / everyMs);
}
