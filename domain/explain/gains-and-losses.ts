import { formatCount, formatShare } from "../figures.ts";
import { hourEnd } from "../hour.ts";
import type { Stage } from "../protocol.ts";
import { type Counted, explainsMost, totalCounted, weightOfCounted } from "../source/lane-count.ts";
import type { Cause } from "./cause.ts";
import { blameWithin } from "./deployments.ts";
import type { LaneToExplain, TroubledHour } from "./hour-facts.ts";
import { instanceSigns } from "./instance-signs.ts";
import { laneCause } from "./lane-cause.ts";
import { type Sign, sign } from "./score.ts";
import { addSeconds } from "./words.ts";

/** Lost events by datacenter: only those that have closed, because before that what is missing is late. */
export function explainLosses(hour: TroubledHour): Cause[] {
  return explain(hour, { code: "stage_loss", of: lostAt, tolerance: hour.maxLost });
}

export function explainDuplicates(hour: TroubledHour): Cause[] {
  return explain(hour, {
    code: "duplicate_delivery",
    of: (lane) => -missing(lane, "produced", "delivered"),
    tolerance: hour.maxDuplicated,
  });
}

interface Question {
  code: "stage_loss" | "duplicate_delivery";
  of: (lane: LaneToExplain) => number;
  /** A share of produced. */
  tolerance: number;
}

function explain(hour: TroubledHour, question: Question): Cause[] {
  const lanes = hour.lanes.filter((lane) => lane.known && lane.closedAt);
  const amounts = lanes.map((lane) => ({ lane, amount: Math.max(0, question.of(lane)) }));
  const total = amounts.reduce((sum, { amount }) => sum + amount, 0);
  const produced = hour.lanes.reduce((sum, lane) => sum + (lane.counts.produced ?? 0), 0);
  if (total <= question.tolerance * produced) return [];
  return amounts
    .filter(({ amount }) => amount > 0)
    .flatMap(({ lane, amount }) => {
      const mechanism = causeOf(lane, amount, total, question, hour);
      const window = { fromAt: addSeconds(hour.hour, -900), toAt: addSeconds(hourEnd(hour.hour), 300), beganAt: null };
      // A host that died explains a loss better than a deployment in the same hour.
      const blamed = mechanism.instance ? [] : blameWithin(window, mechanism, lane, hour);
      return [mechanism, ...blamed];
    });
}

function causeOf(lane: LaneToExplain, amount: number, total: number, { code }: Question, hour: TroubledHour): Cause {
  const { datacenter, counts } = lane;
  const lost = code === "stage_loss";
  const stage = firstStage(lane, amount, lost);
  const instances = instanceSigns(lane, stage, hour);
  const produced = counts.produced ?? 0;
  const of = produced > 0 ? ` of ${formatCount(produced)} events (${formatShare(amount, produced)})` : " events";
  const verb = lost ? "lost" : "duplicated";
  const counted =
    stage === "delivered" ? totalCounted(lane.counted, lost ? "dead_letters" : "expired_deadlines") : null;
  const signs = [
    sign({
      fact: `${datacenter} ${verb} ${formatCount(amount)}${of}, ${formatShare(amount, total)} of all events ${verb} in the hour.`,
      weight: 0.45 + 0.35 * (amount / total),
      at: hour.hour,
      figure: amount,
      unit: "events",
    }),
    ...stageSigns(lane, stage, lost),
    ...countedSigns(lane, counted, amount),
    ...instances.signs,
  ];
  return laneCause(lane, {
    code,
    stage,
    since: hour.hour,
    signs,
    component: instances.component,
    instance: instances.instance,
    sentence: sentenceOf(datacenter, {
      stage,
      lost,
      instance: instances.instance,
      counted: counted && explainsMost(counted, amount) ? counted : null,
    }),
  });
}

/** What a source counted at the stage. */
export function countedSigns({ datacenter }: { datacenter: string }, counted: Counted | null, amount: number): Sign[] {
  if (counted === null) return [];
  const fact = `At ${datacenter}, ${counted.text} in this hour and the next.`;
  return [sign({ fact, weight: weightOfCounted(counted, amount), figure: counted.count, unit: "messages" })];
}

interface SaidTerms {
  stage: Stage;
  lost: boolean;
  instance: string | null;
  /** null: it does not explain most of it. */
  counted: Counted | null;
}

function sentenceOf(datacenter: string, { stage, lost, instance, counted }: SaidTerms): string {
  const where = stage === "published" ? "between its hosts and the queue" : "between the queue and the partition";
  const who = instance ? ` ${instance} was down or restarted around then.` : "";
  if (lost && counted)
    return `Events of ${datacenter} were lost ${where}: ${counted.text}.${who} Find out why they were rejected, then publish them again.`;
  if (!lost && counted)
    return `Events of ${datacenter} were duplicated ${where}: ${counted.text}, and their messages came again.${who} Check what keeps the consumer from acknowledging in time.`;
  if (lost) {
    const todo =
      stage === "published"
        ? "Check for hosts that died with events on disk."
        : "Check what the export dropped or rejected.";
    return `Events of ${datacenter} were lost ${where}.${who} ${todo}`;
  }
  const todo =
    stage === "published"
      ? "Check for publishes that are retried after success."
      : "Check for an export that processed the same messages twice.";
  return `Events of ${datacenter} were duplicated ${where}.${who} ${todo}`;
}

/** Where most of it happened first: before the queue if the published count shows it. */
function firstStage(lane: LaneToExplain, amount: number, lost: boolean): Stage {
  const beforeQueue = missing(lane, "produced", "published") * (lost ? 1 : -1);
  return lane.counts.published !== null && beforeQueue * 2 >= amount ? "published" : "delivered";
}

function stageSigns({ datacenter, counts }: LaneToExplain, stage: Stage, lost: boolean) {
  const { produced, published, delivered } = counts;
  if (published === null) {
    const fact = `${datacenter} reports no published counts, so the stage is unknown.`;
    return [sign({ fact, weight: 0 })];
  }
  const figures = `${formatCount(produced ?? 0)} produced, ${formatCount(published)} published, ${formatCount(delivered ?? 0)} delivered`;
  const fact = `${figures}: the counts ${lost ? "drop" : "rise"} ${stage === "published" ? "before" : "after"} the queue.`;
  return [sign({ fact, weight: 0.3, figure: published, unit: "events" })];
}

function lostAt(lane: LaneToExplain): number {
  return missing(lane, "produced", "delivered");
}

function missing({ counts }: LaneToExplain, from: Stage, to: Stage): number {
  return (counts[from] ?? 0) - (counts[to] ?? 0);
}
