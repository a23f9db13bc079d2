import type { Lived } from "./live-through.ts";
import type { WorldKind } from "./world.ts";

const minuteMs = 60_000;
const onsetWithinMs = 5 * minuteMs;
/** Shorter waits are over before anybody reads of them. */
const leastRemainingMs = 2 * minuteMs;
/** An expectation that keeps moving later for longer than this. */
const laterForMs = 5 * minuteMs;
const laterByMs = minuteMs;

/** The figures of one kind of world, or of all. */
export interface Score {
  worlds: number;
  /** That paged. */
  incidents: number;
  minutes: number;
  right: number;
  bait: number;
  /** Incidents whose cause changed more than once; and once. */
  changedTwice: number;
  changedOnce: number;
  onsetRight: number;
  onsetMinutes: number;
  recoveries: number;
  /** Of the remaining time, per minute. */
  recoveryErrors: number[];
  /** Minutes by which the later expectation came true. */
  inTime: number;
  movedLater: number;
  /** The same where two delays overlapped: the second is a new cause. */
  movedLaterOfTwo: number;
}

export function emptyScore(): Score {
  return {
    worlds: 0,
    incidents: 0,
    minutes: 0,
    right: 0,
    bait: 0,
    changedTwice: 0,
    changedOnce: 0,
    onsetRight: 0,
    onsetMinutes: 0,
    recoveries: 0,
    recoveryErrors: [],
    inTime: 0,
    movedLater: 0,
    movedLaterOfTwo: 0,
  };
}

export function addLived(score: Score, lived: readonly Lived[]): void {
  score.worlds += 1;
  for (const incident of lived) {
    score.incidents += 1;
    if (incident.changes > 1) score.changedTwice += 1;
    if (incident.changes === 1) score.changedOnce += 1;
    const trueMs = incident.truth.fromAt.getTime();
    for (const { right, bait, diagnosis } of incident.said) {
      score.minutes += 1;
      score.right += right ? 1 : 0;
      score.bait += bait ? 1 : 0;
      score.onsetMinutes += 1;
      score.onsetRight += diagnosis && Math.abs(diagnosis.onset.at.getTime() - trueMs) <= onsetWithinMs ? 1 : 0;
    }
    addRecovery(score, incident);
  }
}

function addRecovery(score: Score, { said, isAlone }: Lived): void {
  const recovering = said.flatMap(({ atMs, diagnosis, remainingMs }) =>
    diagnosis?.recovery && remainingMs !== null
      ? [{ atMs, p50Ms: diagnosis.recovery.p50At.getTime(), p90Ms: diagnosis.recovery.p90At.getTime(), remainingMs }]
      : [],
  );
  if (recovering.length === 0) return;
  score.recoveries += 1;
  for (const { atMs, p50Ms, p90Ms, remainingMs } of recovering) {
    if (remainingMs < leastRemainingMs) continue;
    if (p90Ms >= atMs + remainingMs) score.inTime += 1;
    score.recoveryErrors.push(Math.abs(p50Ms - atMs - remainingMs) / remainingMs);
  }
  if (!movesLater(recovering)) return;
  if (isAlone) score.movedLater += 1;
  else score.movedLaterOfTwo += 1;
}

/** Compared with what was said five minutes before, for more than five minutes running. A single step later is not. */
function movesLater(recovering: readonly { atMs: number; p50Ms: number }[]): boolean {
  let laterSince: number | null = null;
  for (const [index, { atMs, p50Ms }] of recovering.entries()) {
    const before = recovering.slice(0, index).findLast((each) => each.atMs <= atMs - laterForMs);
    if (!before || p50Ms <= before.p50Ms + laterByMs) laterSince = null;
    else laterSince ??= atMs;
    if (laterSince !== null && atMs - laterSince >= laterForMs) return true;
  }
  return false;
}

export function addScore(total: Score, part: Score): void {
  for (const key of Object.keys(total) as (keyof Score)[]) {
    if (key === "recoveryErrors") total.recoveryErrors = total.recoveryErrors.concat(part.recoveryErrors);
    else total[key] += part[key];
  }
}

/** The figures as the table and the test read them: shares from 0 to 1. */
export function figuresOf(score: Score) {
  const share = (part: number, whole: number) => (whole === 0 ? Number.NaN : part / whole);
  const errors = score.recoveryErrors.toSorted((a, b) => a - b);
  return {
    right: share(score.right, score.minutes),
    bait: share(score.bait, score.minutes),
    onset: share(score.onsetRight, score.onsetMinutes),
    recoveryError: errors[Math.floor(errors.length / 2)] ?? Number.NaN,
    inTime: share(score.inTime, errors.length),
    changedTwice: score.changedTwice,
    movedLater: score.movedLater,
  };
}

export const header = [
  "what goes wrong",
  "incidents that paged",
  "minutes",
  "cause right",
  "bait named",
  "cause changed once, more often",
  "onset within 5 min",
  "recoveries",
  "error of the remaining time, median",
  "caught up by p90",
  "moved later for over 5 min",
] as const;

export function rowOf(kind: WorldKind | "all", score: Score): (string | number)[] {
  const figures = figuresOf(score);
  const percent = (share: number) => (Number.isNaN(share) ? "–" : `${(100 * share).toFixed(2)} %`);
  return [
    kind,
    `${score.incidents.toLocaleString("en-US")} in ${score.worlds.toLocaleString("en-US")} runs`,
    score.minutes,
    percent(figures.right),
    percent(figures.bait),
    `${score.changedOnce}, ${score.changedTwice}`,
    percent(figures.onset),
    score.recoveries,
    percent(figures.recoveryError),
    percent(figures.inTime),
    score.movedLaterOfTwo > 0 ? `${score.movedLater} (${score.movedLaterOfTwo} of two delays)` : score.movedLater,
  ];
}
