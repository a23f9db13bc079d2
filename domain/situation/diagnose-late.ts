import { formatElapsed } from "../duration.ts";
import { secondsBetween } from "../explain/words.ts";
import { type CauseCode, type DeploymentFact, type Rollout, sayRollout } from "../explain.ts";
import { momentOf } from "../moment.ts";
import { guiltyDeployment } from "./blame.ts";
import { delayedHours } from "./delayed-hours.ts";
import { growthsOf } from "./episodes.ts";
import type { IncidentFacts, PlaceFacts } from "./facts.ts";
import { flowBetween } from "./flow.ts";
import { affectedLanes, firstAtOrAfter, type LaneLag, meanLag, minuteMs } from "./lags.ts";
import { type Growth, type LateMechanism, lateMechanism, minuteOf } from "./late.ts";
import { onsetLateSeconds } from "./measured.ts";
import { type Drain, drainOf, isRecovering } from "./recovery.ts";
import { likelyCause, signOf } from "./signs.ts";
import type { DelayedHour, LikelyCause, Onset } from "./situation.ts";

/** A page comes at most this long after the delay began; older ones are pinned already, or unknown. */
const lookBackMs = 8 * 3_600_000;

/** What a place's delay looks like. */
export interface LateFinding {
  cause: LikelyCause;
  onset: Onset;
  /** What shows since; null: no growth of which more can be said. */
  later: LikelyCause | null;
  drain: Drain;
  delayed: readonly DelayedHour[];
}

/** null: no sample shows a delay. */
export function diagnoseLate(place: PlaceFacts, facts: IncidentFacts, pinned: Onset | null): LateFinding | null {
  const { now, openedAt } = facts;
  const { atMs } = place;
  const last = atMs.length - 1;
  if (last < 1 || place.lanes.length === 0) return null;
  const lags = affectedLanes(place, openedAt.getTime());
  const from = pinned ? minuteOf(place, pinned.at) : firstAtOrAfter(atMs, openedAt.getTime() - lookBackMs);
  const growths = growthsOf(meanLag(lags, atMs.length), from, last);
  const opened = firstAtOrAfter(atMs, openedAt.getTime());
  const first = pinned
    ? { from, to: growths[0]?.to ?? last, since: pinned.at }
    : (growths.findLast((growth) => growth.from <= opened) ?? growths[0]);
  if (!first) return null;
  const mechanism = lateMechanism(place, lags, first, now);
  const onset = pinned ?? onsetOf(mechanism, lags, atMs[first.from] as number);
  const next = growths.at(-1) ?? first;
  const drain = drainOf(place, lags, next.to);
  const code = mechanism.code;
  return {
    cause: withDeployment(mechanism, onset, place, facts),
    onset,
    later: isRecovering(drain) ? null : laterCause({ place, lags, first, next, code, onset }, facts),
    drain,
    delayed: delayedHours(place, onset.at),
  };
}

/** The last message has its own time; a source's samples of watermarks are seen late. */
function onsetOf({ silentSince }: LateMechanism, lags: readonly LaneLag[], grewMs: number): Onset {
  if (silentSince) return { at: silentSince, source: "silence" };
  const lateMs = onsetLateSeconds(lags) * 1000;
  const onset = { at: new Date(grewMs), source: "watermark" } as const;
  return lateMs === 0 ? onset : { ...onset, earliestAt: new Date(grewMs - lateMs) };
}

interface Growing {
  place: PlaceFacts;
  lags: readonly LaneLag[];
  first: Growth;
  next: Growth;
  /** What it began with. */
  code: CauseCode;
  onset: Onset;
}

/**
 * What else shows while the lag still grows: another growth after the first one drained, or minutes without any sign of what it began
 * with, though a sign of something that this had hidden.
 */
function laterCause({ place, lags, first, next, code, onset }: Growing, facts: IncidentFacts): LikelyCause | null {
  const last = place.atMs.length - 1;
  if (next.to < last) return null;
  if (next.from > first.to) {
    if (next.to - next.from < regrownMinutes) return null;
    const mechanism = lateMechanism(place, lags, next, facts.now);
    const from = onsetOf({ ...mechanism, silentSince: null }, lags, place.atMs[next.from] as number);
    return withDeployment(mechanism, from, place, facts);
  }
  const from = last - lastingMinutes;
  if (from <= first.from + lastingMinutes || isComing(lags, from, last)) return null;
  // It was hidden from the onset on.
  const recent = lateMechanism(place, lags, { from, to: last, since: onset.at }, facts.now);
  if (hiding.indexOf(recent.code) <= hiding.indexOf(code)) return null;
  return withDeployment(recent, onset, place, facts);
}

/** What was held up before the queue is still on its way: until it has come, that nothing is delivered shows nothing else. */
function isComing(lags: readonly LaneLag[], from: number, to: number): boolean {
  const { produced, published } = flowBetween(
    lags.map(({ lane }) => lane),
    from,
    to,
  );
  return published > produced * clearlyMore;
}

/** Each hides those after it. */
const hiding: readonly CauseCode[] = ["datacenter_silent", "publishing_stalled", "watermark_stalled", "backlog"];
/** A drain wavers for less. */
const regrownMinutes = 8;
/** Counts of a minute waver by less. */
const clearlyMore = 1.2;
/** Signs of what it began with are gone when none shows for this long. */
const lastingMinutes = 15;

/** The mechanism, or the deployment that it began with. */
function withDeployment(
  { silentSince: _, ...mechanism }: LateMechanism,
  { at, earliestAt }: Onset,
  { datacenter, instances }: PlaceFacts,
  facts: IncidentFacts,
): LikelyCause {
  const cause = likelyCause(mechanism);
  const guilty = guiltyDeployment(cause, { datacenter, at }, { ...facts, instances });
  if (!guilty) return cause;
  const { component, version, id } = guilty;
  const rollout = sayRollout(guilty, facts.deployments);
  const what = whatFollowed[cause.code] ?? "deliveries fell behind";
  return likelyCause({
    ...mechanism,
    code: "deployment",
    component,
    version,
    deploymentId: id,
    signs: [deploymentSign(guilty, rollout), ...mechanism.signs],
    sentence: `${rollout.said} ${guilty.datacenter === null ? "everywhere" : `at ${datacenter}`} at ${momentOf(guilty.deployedAt)}, and ${what} ${earliestAt ? "at most " : ""}${after(guilty, at)}. ${rollout.rollBack}`,
  });
}

const whatFollowed: Partial<Record<LikelyCause["code"], string>> = {
  publishing_stalled: "its hosts' events stopped reaching the queue",
  watermark_stalled: "watermarks stopped",
  backlog: "delivery became slower than production",
};

function after({ deployedAt }: DeploymentFact, at: Date): string {
  const seconds = secondsBetween(deployedAt, at);
  return seconds < minuteMs / 1000 ? "in the same minute" : `${formatElapsed(seconds)} later`;
}

function deploymentSign({ deployedAt, deployedBy }: DeploymentFact, { said }: Rollout) {
  const by = deployedBy ? ` by ${deployedBy}` : "";
  const fact = `${said} at ${momentOf(deployedAt)}${by}.`;
  return signOf({ code: "deployment", fact, weight: 0.7, asOf: deployedAt });
}
