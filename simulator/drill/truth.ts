import type { Trouble } from "#domain/alert/reading.ts";
import type { Cause, CauseCode } from "#domain/explain.ts";
import type { LikelyCause } from "#domain/situation/situation.ts";
import { caughtUpAt, type Incident, isThrottle } from "../incidents.ts";
import type { World } from "./world.ts";

export const troubleOf: Record<Incident["kind"], Exclude<Trouble, "unknown" | "blind">> = {
  "network-cut": "late",
  "dc-silent": "late",
  "exporter-stall": "late",
  "bad-deployment": "late",
  "pubsub-backlog": "late",
  "host-loss": "lost",
  "retry-storm": "duplicated",
  "clock-skew": "skewed",
  "dead-host": "unreported",
  "traffic-drop": "volume",
};

/** What a good diagnosis calls it. */
export const codeOf: Readonly<Record<Incident["kind"], CauseCode>> = {
  "network-cut": "publishing_stalled",
  "dc-silent": "datacenter_silent",
  "exporter-stall": "watermark_stalled",
  "bad-deployment": "deployment",
  "pubsub-backlog": "backlog",
  "host-loss": "stage_loss",
  "retry-storm": "duplicate_delivery",
  "clock-skew": "skewed_delivery",
  "dead-host": "reporters_missing",
  "traffic-drop": "unusual_volume",
};

/** After the first has passed the second of two incidents may go unnoticed for this long. */
const graceMs = 15 * 60_000;

/** What really is behind an incident of a place and a trouble at an instant: more than one while two overlap. */
export function truthOf(world: World, datacenter: string, trouble: Trouble, atMs: number): Incident[] {
  const all = world.incidents.filter((each) => each.dc === datacenter && troubleOf[each.kind] === trouble);
  const begun = all.filter(({ fromAt }) => fromAt.getTime() <= atMs);
  const felt = begun.filter((each) => feltUntilMs(each, all) + graceMs >= atMs);
  return felt.length > 0 ? felt : begun;
}

/** Until its backlog has passed; throttles that overlap wait for each other. Miscounts show for as long as their hours are looked at. */
function feltUntilMs(incident: Incident, all: readonly Incident[]): number {
  if (!isThrottle(incident)) return Number.POSITIVE_INFINITY;
  const others = all.filter((each) => each !== incident && isThrottle(each) && each.fromAt > incident.fromAt);
  const own = caughtUpAt(incident).getTime();
  return others.some(({ fromAt }) => fromAt.getTime() < own)
    ? Math.max(own, ...others.map(({ toAt }) => toAt.getTime()))
    : own;
}

/** The same code, datacenter and stage; of a deployment the component and version too. */
export function isTrue(
  cause: Omit<Cause, "since" | "evidence">,
  { kind, cause: real }: Pick<Incident, "kind" | "cause">,
): boolean {
  return (
    cause.code === codeOf[kind] &&
    cause.datacenter === real.dc &&
    cause.stage === real.stage &&
    (kind !== "bad-deployment" || (cause.component === real.component && cause.version === real.version))
  );
}

/** One of the things that really happened. */
export function isRight(cause: LikelyCause, truth: readonly Incident[]): boolean {
  return truth.some((each) => isTrue(cause, each));
}
