import type { Trouble } from "../alert/reading.ts";
import type { CauseCode, EvidenceUnit, InstanceFact } from "../explain.ts";
import { formatCount, formatCountOf, formatShare } from "../figures.ts";
import { hourEnd } from "../hour.ts";
import { momentOf } from "../moment.ts";
import type { Stage } from "../protocol.ts";
import { silentAfterSeconds } from "../reasons.ts";
import { type Counted, type CountName, explainsMost, totalCounted, weightOfCounted } from "../source/lane-count.ts";
import type { HourFigures, IncidentFacts, PlaceFacts } from "./facts.ts";
import { minuteMs } from "./lags.ts";
import { type CauseTerms, signOf, type WeighedEvidence } from "./signs.ts";

/** A host fell silent this long before the first hour that shows it, or after the onset, or came back. */
const silentBeforeMs = 120 * minuteMs;
const silentAfterMs = 45 * minuteMs;
const backWithinMs = 6 * 60 * minuteMs;
/** A restart this close to a deployment of its component belongs to the deployment. */
const rolloutMs = 30 * minuteMs;

/** What an incident's affected hours lost, doubled, misplaced or do not know, in total. */
export interface Miscount {
  code: CauseCode;
  stage: Stage;
  figure: number;
  of: number;
}

export function miscountOf(hours: readonly HourFigures[], trouble: Trouble): Miscount {
  const total = (of: (hour: HourFigures) => number) => hours.reduce((sum, hour) => sum + of(hour), 0);
  const produced = total((hour) => hour.produced ?? 0);
  switch (trouble) {
    case "lost": {
      const lost = total((hour) => Math.max(0, (hour.produced ?? 0) - hour.delivered));
      const before = total((hour) => Math.max(0, (hour.produced ?? 0) - (hour.published ?? hour.produced ?? 0)));
      return { code: "stage_loss", stage: firstStage(before, lost), figure: lost, of: produced };
    }
    case "duplicated": {
      const doubled = total((hour) => Math.max(0, hour.delivered - (hour.produced ?? 0)));
      const before = total((hour) => Math.max(0, (hour.published ?? hour.produced ?? 0) - (hour.produced ?? 0)));
      return { code: "duplicate_delivery", stage: firstStage(before, doubled), figure: doubled, of: produced };
    }
    case "skewed":
      return {
        code: "skewed_delivery",
        stage: "delivered",
        figure: total(({ skewed }) => skewed),
        of: total(({ delivered }) => delivered),
      };
    case "unreported":
      return {
        code: "reporters_missing",
        stage: "produced",
        figure: Math.max(0, ...hours.map(({ reporters }) => reporters?.missing ?? 0)),
        of: Math.max(0, ...hours.map(({ reporters }) => reporters?.expected ?? 0)),
      };
    case "volume":
      return { code: "unusual_volume", stage: "produced", figure: produced, of: 0 };
    default:
      return { code: "counts_missing", stage: "produced", figure: hours.length, of: 0 };
  }
}

/** Where most of it happened first. */
function firstStage(beforeQueue: number, all: number): Stage {
  return beforeQueue * 2 >= all ? "published" : "delivered";
}

export interface Suspect {
  instance: InstanceFact;
  sign: WeighedEvidence;
  /** null: it only restarted. */
  diedAt: Date | null;
  /** It has not come back. */
  isSilent: boolean;
}

/** The instance before the stage that was silent or restarted around the onset. */
export function suspectInstance(
  { datacenter, instances, heardMs }: PlaceFacts,
  stage: Stage,
  onset: Date,
  { now, deployments }: Pick<IncidentFacts, "now" | "deployments">,
): Suspect | null {
  const heard = heardMs.at(-1) ?? null;
  const placeIsHeard = heard !== null && now.getTime() - heard < silentAfterSeconds * 1000;
  const onTheWay = instances.filter(
    (each) => each.stage === null || each.stage === stage || (stage === "published" && each.stage === "produced"),
  );
  for (const instance of onTheWay) {
    const { lastSeenAt } = instance;
    const silent = now.getTime() - lastSeenAt.getTime() > silentAfterSeconds * 1000;
    const sinceMs = lastSeenAt.getTime() - onset.getTime();
    if (silent && placeIsHeard && sinceMs > -silentBeforeMs && sinceMs < silentAfterMs) {
      const fact = `${instance.instance} has sent no heartbeat since ${momentOf(lastSeenAt)}.`;
      return {
        instance,
        sign: signOf({ code: "instance", fact, weight: 0.5, asOf: now }),
        diedAt: lastSeenAt,
        isSilent: true,
      };
    }
  }
  for (const instance of onTheWay) {
    const { startedAt } = instance;
    const sinceMs = startedAt === null ? Number.NaN : startedAt.getTime() - onset.getTime();
    if (startedAt === null || !(sinceMs >= 0 && sinceMs <= backWithinMs)) continue;
    const isRollout = deployments.some(
      (each) =>
        each.component === instance.component &&
        (each.datacenter === null || each.datacenter === datacenter) &&
        Math.abs(each.deployedAt.getTime() - startedAt.getTime()) <= rolloutMs,
    );
    if (isRollout) continue;
    const { downFrom } = instance;
    const wasDown = downFrom !== null && startedAt.getTime() - downFrom.getTime() > silentAfterSeconds * 1000;
    const fact = wasDown
      ? `${instance.instance} was down from ${momentOf(downFrom)} to ${momentOf(startedAt)}.`
      : `${instance.instance} restarted at ${momentOf(startedAt)}.`;
    const sign = signOf({ code: "instance", fact, weight: wasDown ? 0.5 : 0.35, asOf: startedAt });
    return { instance, sign, diedAt: wasDown ? downFrom : null, isSilent: false };
  }
  return null;
}

export interface MiscountTerms {
  /** null: the event type has it everywhere. */
  datacenter: string | null;
  /** Of the datacenter or the event type. */
  name: string;
  hours: readonly HourFigures[];
  miscount: Miscount;
  onset: Date;
  suspect: Suspect | null;
  now: Date;
}

export function miscountCause({ datacenter, name, hours, miscount, onset, suspect, now }: MiscountTerms): CauseTerms {
  const { code, stage, figure, of } = miscount;
  const closings = hours.flatMap(({ closedAt }) => closedAt?.getTime() ?? []);
  const asOf = closings.length > 0 ? new Date(Math.max(...closings)) : now;
  const types = new Set(hours.map(({ eventType }) => eventType)).size;
  const where = `in ${formatCountOf(hours.length, "hour")} of ${formatCountOf(types, "event type")}`;
  const who = suspect ? ` ${suspect.instance.instance} was down or restarted around then.` : "";
  const counted = countedIn(hours, code, stage);
  const how = counted && explainsMost(counted, figure) ? `: ${counted.text}` : "";
  const said = sayMiscount(code, { name, stage, figure, of, from: momentOf(onset), who: `${how}.${who}`, where });
  const sum = signOf({
    code: said.sign,
    fact: said.fact,
    weight: 0.8,
    figure,
    unit: units[code],
    of: of || null,
    asOf,
  });
  return {
    code,
    datacenter,
    stage,
    component: suspect?.instance.component ?? null,
    instance: suspect?.instance.instance ?? null,
    signs: [sum, ...countedSigns(name, counted, figure, asOf), ...(suspect ? [suspect.sign] : [])],
    sentence: said.sentence,
  };
}

const countNames: Partial<Record<CauseCode, CountName>> = {
  stage_loss: "dead_letters",
  duplicate_delivery: "expired_deadlines",
  skewed_delivery: "late_messages",
};

/** What sources counted of it; null: nothing, or it happened before the queue. */
function countedIn(hours: readonly HourFigures[], code: CauseCode, stage: Stage): Counted | null {
  const name = countNames[code];
  if (name === undefined || stage !== "delivered") return null;
  return totalCounted(
    hours.flatMap((hour) => hour.counted),
    name,
  );
}

function countedSigns(name: string, counted: Counted | null, figure: number, asOf: Date): WeighedEvidence[] {
  if (counted === null) return [];
  const fact = `At ${name}, ${counted.text} in these hours.`;
  const weight = weightOfCounted(counted, figure);
  return [signOf({ code: "counted_by_source", fact, weight, figure: counted.count, unit: "messages", asOf })];
}

const units: Partial<Record<CauseCode, EvidenceUnit>> = {
  stage_loss: "events",
  duplicate_delivery: "events",
  skewed_delivery: "events",
  unusual_volume: "events",
  counts_missing: "hours",
};

interface Said {
  name: string;
  stage: Stage;
  figure: number;
  of: number;
  from: string;
  /** Ends the sentence, and names who may have caused it. */
  who: string;
  where: string;
}

function sayMiscount(
  code: CauseCode,
  { name, stage, figure, of, from, who, where }: Said,
): { sign: string; fact: string; sentence: string } {
  const between = stage === "published" ? "between its hosts and the queue" : "between the queue and the partition";
  const events = `${formatCount(figure)} of ${formatCountOf(of, "event")}`;
  const share = of > 0 ? ` (${formatShare(figure, of)})` : "";
  switch (code) {
    case "stage_loss":
      return {
        sign: "lost",
        fact: `${name} lost ${events}${share} ${where}.`,
        sentence: `Events of ${name} were lost ${between} from ${from}${who} ${stage === "published" ? "Check for hosts that died with events on disk." : "Check what the export dropped or rejected."}`,
      };
    case "duplicate_delivery":
      return {
        sign: "duplicated",
        fact: `${name} delivered ${formatCount(figure)} events twice, of ${formatCount(of)} produced${share}, ${where}.`,
        sentence: `Events of ${name} were duplicated ${between} from ${from}${who} ${stage === "published" ? "Check for publishes that are retried after success." : "Check for an export that processed the same messages twice."}`,
      };
    case "skewed_delivery":
      return {
        sign: "skewed",
        fact: `${events}${share} of ${name} landed in other hours' partitions ${where}.`,
        sentence: `${name} delivered events into other hours' partitions from ${from}${who} Check its hosts' clocks, and whether its export partitions events by arrival time.`,
      };
    case "reporters_missing":
      return {
        sign: "reporters",
        fact: `${formatCount(figure)} of ${formatCount(of)} expected reporters at ${name} sent no produced counts ${where}.`,
        sentence: `${name} is missing produced counts of ${formatCount(figure)} of ${formatCount(of)} expected reporters from ${from}, so losses there are unknown${who} Check those hosts and their reporters; a late report still settles the hour.`,
      };
    case "unusual_volume":
      return {
        sign: "volume",
        fact: `${name} produced ${formatCountOf(figure, "event")} ${where}, which is unusual for these hours.`,
        sentence: `${name}'s volume has been unusual from ${from}. What is produced is delivered: check what sends these events.`,
      };
    default:
      return {
        sign: "counts",
        fact: `${name} reported no produced counts ${where}.`,
        sentence: `${name} reported no produced counts from ${from}, so losses there are unknown. Check its reporters of produced events; a late report still settles the hour.`,
      };
  }
}

/** The first affected hour's start and the last one's end, of the hours with the most trouble. */
export function spanOfHours(hours: readonly HourFigures[]): { fromMs: number; toMs: number } | null {
  if (hours.length === 0) return null;
  const starts = hours.map(({ hour }) => hour.getTime());
  const last = new Date(Math.max(...starts));
  return { fromMs: Math.min(...starts), toMs: hourEnd(last).getTime() };
}
