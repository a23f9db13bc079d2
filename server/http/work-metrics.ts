import { Gauge, type Registry } from "prom-client";
import type { WorkFigures } from "#server/turns/index.ts";

/** Shows what the database says of all processes' work; null: nothing is known. */
export function createWorkMetrics(registry: Registry): (work: WorkFigures | null) => void {
  const gauge = <Label extends string>(name: string, help: string, labelNames: readonly Label[]) =>
    new Gauge({ name, help, labelNames, registers: [registry] });
  const waiting = gauge(
    "tidemark_outbox_messages",
    "Messages that wait to be sent: to each channel, and to consumers' webhooks (subscription) and the OpenLineage backend (lineage) together.",
    ["producer", "channel"],
  );
  const oldest = gauge(
    "tidemark_outbox_oldest_age_seconds",
    "Age of the oldest of these messages, in real seconds; 0: none waits.",
    ["producer", "channel"],
  );
  const judge = gauge(
    "tidemark_judge_backlog_age_seconds",
    "Real seconds since the oldest fact arrived that is not in a verdict yet; 0: there is none.",
    [],
  );
  const turnAge = gauge(
    "tidemark_turn_age_seconds",
    "Real seconds since a worker's loop last completed its work, in any process.",
    ["turn"],
  );
  const turnLimit = gauge("tidemark_turn_limit_seconds", "How long that may be before the loop counts as behind.", [
    "turn",
  ]);
  const held = gauge(
    "tidemark_lease_held",
    "1 while a process holds the lease of work that one process does at a time; 0: the lease expired and no process took over.",
    ["lease"],
  );
  const within = gauge(
    "tidemark_duty_within_limit_ratio",
    "Share of the observed minutes of the last 30 days in which a duty of Tidemark itself was not behind.",
    ["duty"],
  );
  const observed = gauge("tidemark_duty_observed_seconds", "For how long a duty was observed in the last 30 days.", [
    "duty",
  ]);
  return (work) => {
    for (const each of [waiting, oldest, turnAge, turnLimit, held, within, observed]) each.reset();
    judge.set(work?.judgeBacklogSeconds ?? Number.NaN);
    for (const { producer, channel, messages, oldestSeconds } of work?.outbox ?? []) {
      waiting.set({ producer, channel }, messages);
      oldest.set({ producer, channel }, oldestSeconds);
    }
    for (const { turn, ageSeconds, allowedSeconds } of work?.turns ?? []) {
      turnAge.set({ turn }, ageSeconds);
      turnLimit.set({ turn }, allowedSeconds);
    }
    for (const { lease, isHeld } of work?.leases ?? []) held.set({ lease }, isHeld ? 1 : 0);
    for (const { duty, minutes, minutesBehind } of work?.duties ?? []) {
      if (minutes === 0) continue;
      within.set({ duty }, (minutes - minutesBehind) / minutes);
      observed.set({ duty }, minutes * 60);
    }
  };
}
