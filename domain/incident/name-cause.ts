import type { AlertFacts, HourLane, TypeFacts } from "../alert/facts.ts";
import { metrics } from "../alert/metrics.ts";
import type { Observation } from "../alert/observe.ts";
import type { Cause, CauseCode } from "../explain.ts";
import type { Stage } from "../protocol.ts";
import { everywhereLate, readCauseKey } from "./choose-cause.ts";

/** What an alert alone says about its cause, before an explanation exists. Weaker than any explanation of the hours. */
export function causeOfObservation({ rule, subject, type, reading }: Observation, facts: AlertFacts): Cause {
  const [culprit] = reading.culprits;
  const datacenter = subject.datacenter ?? culprit?.datacenter ?? null;
  const { code, score } = metrics[rule.spec.metric].cause;
  const deployment =
    code === "deployment"
      ? facts.deployments.find((each) => each.datacenter === null || each.datacenter === datacenter)
      : undefined;
  const sentence = reading.sentence();
  return {
    code,
    datacenter,
    stage: stageOf(code, type, datacenter),
    since: reading.since,
    component: deployment?.component ?? null,
    instance: null,
    version: deployment?.version ?? null,
    deploymentId: deployment?.id ?? null,
    score,
    sentence,
    evidence: [{ fact: sentence, at: reading.since, figure: reading.value, unit: null }],
  };
}

function stageOf(code: CauseCode, type: TypeFacts | null, datacenter: string | null): Stage | null {
  // For a volume: what is not produced reaches no later stage.
  if (code === "datacenter_silent" || code === "unusual_volume" || code === "reporters_missing") return "produced";
  if (code === "skewed_delivery" || code === "deployment" || code === "backlog") return "delivered";
  const lanes = type?.hours.flatMap((hour) => hour.lanes.filter((lane) => lane.datacenter === datacenter)) ?? [];
  if (code === "stage_loss") return firstBelow(lanes.find(({ lost }) => lost > 0));
  if (code === "duplicate_delivery") return firstAbove(lanes.find(({ duplicated }) => duplicated > 0));
  return null;
}

function firstBelow(lane: HourLane | undefined): Stage | null {
  if (!lane || lane.published === null || lane.produced === null) return null;
  return lane.published < lane.produced ? "published" : "delivered";
}

function firstAbove(lane: HourLane | undefined): Stage | null {
  if (!lane || lane.published === null || lane.produced === null) return null;
  return lane.published > lane.produced ? "published" : "delivered";
}

/** The same, for a cause shared by every datacenter. */
export function causeEverywhere(cause: Cause, datacenters: readonly string[]): Cause {
  const sentence = `Deliveries are slow in all ${datacenters.length} datacenters at once. Check what they share: the queue, or a stage. ${cause.sentence}`;
  return { ...cause, code: "shared_datacenter", datacenter: null, sentence };
}

/** A headline of a few words; the cause's sentence has the rest. */
export function titleOf(cause: Pick<Cause, "code" | "datacenter" | "component" | "version">, causeKey: string): string {
  const what = titles[cause.code];
  const key = readCauseKey(causeKey);
  const subject = key.eventType ?? cause.datacenter ?? "";
  if (cause.code === "telemetry_blind") return what;
  if (causeKey === everywhereLate) return "All datacenters: slow deliveries";
  if (key.trouble === "volume") return `${subject}: unusual volume`;
  if (cause.code === "deployment" && cause.component)
    return `${subject}: ${cause.component} ${cause.version ?? ""} slowed deliveries`;
  return `${subject}: ${what}`;
}

const titles: Readonly<Record<CauseCode, string>> = {
  telemetry_blind: "Tidemark receives nothing",
  datacenter_silent: "no messages received",
  publishing_stalled: "events not reaching the queue",
  watermark_stalled: "watermark stalled",
  backlog: "growing backlog",
  deployment: "slow deliveries after a deployment",
  shared_datacenter: "holding up many event types",
  datacenter_behind: "behind",
  stage_loss: "events lost",
  duplicate_delivery: "events duplicated",
  skewed_delivery: "events skewed into other hours",
  reporters_missing: "missing reporters",
  counts_missing: "missing counts",
  unusual_volume: "unusual volume",
};
