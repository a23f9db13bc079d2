import type { IncidentJson } from "#domain/api/alerts.ts";
import { readCauseKey } from "#domain/incident.ts";
import { codeOf, isTrue } from "#simulator/drill/truth.ts";
import { type Incident, isThrottle } from "#simulator/incidents.ts";
import type { Findings } from "./contradiction.ts";
import type { StoryTruth } from "./story-truth.ts";

const minuteMs = 60_000;
const hourMs = 3_600_000;
const onsetWithinMs = 5 * minuteMs;
/** How long what is said may lag behind what is so: alerts hold for minutes, drains are seen after some. */
const slackMinutes = 10;
const shortMinutes = 3;
const laterForMs = 5 * minuteMs;
const laterByMs = 60_000;
/** Causes that only say where it shows, not why. */
const unknownCodes: readonly string[] = ["datacenter_behind", "shared_datacenter", "counts_missing"];
const order = ["starting", "ongoing", "recovering", "over"];

/** What was said of one incident until now. */
export interface SaidBefore {
  incident: IncidentJson;
  /** Minutes' expected recoveries, oldest first. */
  expected: { atMs: number; p50Ms: number; cause: string }[];
  laterSinceMs: number | null;
}

/** One incident at one minute, against the truth and against what was said of it before. */
export function checkIncident(
  incident: IncidentJson,
  before: SaidBefore | null,
  { truth, atMs, findings }: { truth: StoryTruth; atMs: number; findings: Findings },
): void {
  const where = `incident ${incident.id} (${incident.causeKey})`;
  const { situation } = incident;
  const untilMs = situation.phase === "over" ? Date.parse(situation.phaseSince) : atMs;
  const real = truth.behind(incident.causeKey, untilMs);
  const all = new Set([...truth.behind(incident.causeKey, Date.parse(incident.openedAt)), ...real]);
  const { datacenter } = readCauseKey(incident.causeKey);
  const isCounted = incident.hours.every(
    ({ hour }) => datacenter === null || !truth.isUncounted(datacenter, Date.parse(`${hour}:00:00Z`), atMs),
  );
  if (!isCounted) {
    checkUncounted(incident, where, { truth, atMs, findings });
    return;
  }
  if (real.length === 0) {
    findings.add("no trouble", where, situation.sentence, "nothing was wrong there");
    return;
  }
  // Where two delays meet, both wait in one queue: once nothing slows it, what drains is of either.
  const drains = datacenter !== null && !truth.isSlowed(datacenter, untilMs);
  checkCause(incident, drains ? [...all] : real, where, findings);
  checkOnset(incident, [...all], where, findings);
  if (before) checkCourse(incident, before, where, findings);
  if (situation.phase !== "over") {
    checkPhase(incident, real, where, { truth, atMs, findings });
    if (before) checkExpected(incident, before, atMs, where, findings);
  }
  checkHours(incident, where, { truth, atMs, findings });
}

/** While a host has been silent for long, the incident names it: what came twice is unknown until it counts. */
function checkUncounted(
  { causeKey, situation: { cause } }: IncidentJson,
  where: string,
  { truth, atMs, findings }: { truth: StoryTruth; atMs: number; findings: Findings },
): void {
  const { datacenter, trouble } = readCauseKey(causeKey);
  const host = datacenter === null ? undefined : truth.silentCounter(datacenter, atMs);
  if (trouble !== "duplicated" || !host) return;
  findings.equal("uncounted", where, `${cause.code} ${cause.instance}`, `reporters_missing ${host}`);
}

function checkCause(
  { situation: { cause, extent, onset } }: IncidentJson,
  real: readonly Incident[],
  where: string,
  findings: Findings,
): void {
  const said = [cause.code, cause.datacenter, cause.stage, cause.component, cause.version].filter(Boolean).join(" ");
  const so = real
    .map((each) => [codeOf[each.kind], each.cause.dc, each.cause.stage, each.cause.version].filter(Boolean).join(" "))
    .join(" or ");
  const isUnknown = unknownCodes.includes(cause.code) || onset.source === "alert";
  if (cause.code === "deployment" && !real.some(({ kind }) => kind === "bad-deployment"))
    findings.add("bait blamed", where, said, so);
  else if (!isUnknown && !real.some((each) => isTrue(cause, each))) findings.add("wrong cause", where, said, so);
  const places = new Set(real.map(({ dc }) => dc));
  for (const dc of extent.datacenters) if (!places.has(dc)) findings.add("wrong place", where, dc, [...places].join());
  if (extent.stage !== cause.stage) findings.add("stage", where, String(extent.stage), String(cause.stage));
}

/** Known by an alert alone, it is the affected hour. */
function checkOnset(
  { situation: { onset } }: IncidentJson,
  real: readonly Incident[],
  where: string,
  findings: Findings,
): void {
  const saidMs = Date.parse(onset.at);
  const isRight = real.some(({ fromAt, kind, toAt }) => {
    const ms = fromAt.getTime();
    if (Math.abs(saidMs - ms) <= onsetWithinMs) return true;
    const isOfHour = onset.source === "alert" || (onset.source === "counts" && saidMs % hourMs === 0);
    // A dead host or a drop lasts: an affected hour within it.
    if (isOfHour && !isThrottle({ kind } as Incident))
      return saidMs > ms - hourMs - onsetWithinMs && saidMs <= toAt.getTime();
    return isOfHour && Math.abs(saidMs - ms) <= hourMs + onsetWithinMs;
  });
  if (!isRight)
    findings.add(
      "onset",
      where,
      `${onset.at} by ${onset.source}`,
      real.map(({ fromAt }) => fromAt.toISOString()).join(" or "),
    );
}

function checkCourse(
  { situation, situationRevision, causeKey }: IncidentJson,
  { incident: earlier }: SaidBefore,
  where: string,
  findings: Findings,
): void {
  const was = earlier.situation;
  findings.equal("cause key", where, causeKey, earlier.causeKey);
  if (situationRevision < earlier.situationRevision)
    findings.add("revision", where, String(situationRevision), `at least ${earlier.situationRevision}`);
  if (
    order.indexOf(situation.phase) < order.indexOf(was.phase) &&
    !(was.phase === "recovering" && situation.phase === "ongoing")
  )
    findings.add("phase", where, `${was.phase} → ${situation.phase}`, order.join(" → "));
  if (was.onset.source !== "alert" && was.onset.at !== situation.onset.at)
    findings.add("onset moved", where, `${was.onset.at} → ${situation.onset.at}`, "pinned");
  if (situation.impact.missedDeadlines < was.impact.missedDeadlines)
    findings.add(
      "missed deadlines",
      where,
      String(situation.impact.missedDeadlines),
      `${was.impact.missedDeadlines} were missed`,
    );
  if ((situation.extent.hours?.affected ?? 0) < (was.extent.hours?.affected ?? 0))
    findings.add(
      "affected hours",
      where,
      String(situation.extent.hours?.affected),
      `${was.extent.hours?.affected} were affected`,
    );
  if ((situation.cause.changes ?? 0) > 1)
    findings.add("cause changed", where, `${situation.cause.changes} times`, "at most once");
}

/** A recovery only while the backlog falls; trouble only while there is some. */
function checkPhase(
  { situation, causeKey, firingAlerts }: IncidentJson,
  real: readonly Incident[],
  where: string,
  { truth, atMs, findings }: { truth: StoryTruth; atMs: number; findings: Findings },
): void {
  const { datacenter, trouble } = readCauseKey(causeKey);
  if (datacenter === null || trouble !== "late") {
    if (situation.phase === "recovering" && firingAlerts > 0 && situation.recovery === null)
      findings.add("phase", where, "recovering", `${firingAlerts} alerts fire`);
    return;
  }
  const calm = truth.calmMinutes(datacenter);
  if (situation.phase === "ongoing" && calm >= slackMinutes)
    findings.add("phase", where, "ongoing", `no lane has been later than usual for ${calm} min`);
  const isFull = real.some(
    (each) =>
      isThrottle(each) &&
      each.rate === 0 &&
      each.fromAt.getTime() + slackMinutes * minuteMs <= atMs &&
      each.toAt.getTime() > atMs,
  );
  const grows = [shortMinutes, slackMinutes].every(
    (back) => truth.excessMs(datacenter) > truth.excessMs(datacenter, back),
  );
  if (
    situation.recovery !== null &&
    situation.phase === "recovering" &&
    grows &&
    (isFull || truth.isSlowed(datacenter, atMs))
  )
    findings.add("recovering", where, situation.sentence, "it still falls behind");
  const p50Ms = situation.recovery && Date.parse(situation.recovery.p50At);
  if (p50Ms !== null && situation.phase === "recovering" && p50Ms < atMs - slackMinutes * minuteMs && calm === 0)
    findings.add("overdue", where, situation.sentence, "lanes are later than usual");
}

/** The expected end never moves later for long without a new cause. */
function checkExpected(
  { situation: { recovery, cause } }: IncidentJson,
  before: SaidBefore,
  atMs: number,
  where: string,
  findings: Findings,
): void {
  const earlier = before.expected.findLast((each) => each.atMs <= atMs - laterForMs);
  const isLater =
    recovery && earlier && earlier.cause === cause.sentence && Date.parse(recovery.p50At) > earlier.p50Ms + laterByMs;
  if (!isLater) return;
  const since = before.laterSinceMs ?? atMs;
  if (atMs - since > laterForMs)
    findings.add("later and later", where, recovery.p50At, `${new Date(earlier.p50Ms).toISOString()} was said`);
}

/** Counts against the truth, and the sums against the list of hours. */
function checkHours(
  { situation, hours, causeKey }: IncidentJson,
  where: string,
  { truth, atMs, findings }: { truth: StoryTruth; atMs: number; findings: Findings },
): void {
  const { extent, impact } = situation;
  let [missed, lost, duplicated] = [0, 0, 0];
  for (const { eventType, hour, state } of hours) {
    const startMs = Date.parse(`${hour}:00:00Z`);
    const { closesAtMs, deadlineAtMs, lanes } = truth.hour(eventType, startMs);
    if (Math.min(closesAtMs, atMs) > deadlineAtMs) missed += 1;
    const isFinal = state === "complete" || state === "incomplete" || state === "overcounted" || state === "unverified";
    if (!isFinal) continue;
    lost += lanes.reduce((sum, lane) => sum + Math.max(0, lane.lost - lane.duplicated), 0);
    duplicated += lanes.reduce((sum, lane) => sum + Math.max(0, lane.duplicated - lane.lost), 0);
  }
  if (Math.abs(missed - impact.missedDeadlines) > 0 && !isOnTheMinute(hours, truth, atMs))
    findings.equal("missed deadlines", where, impact.missedDeadlines, missed);
  findings.equal("affected hours", where, extent.hours?.affected ?? 0, hours.length);
  findings.equal("lost", where, impact.lost, lost);
  findings.equal("duplicated", where, impact.duplicated, duplicated);
  const { datacenter, trouble } = readCauseKey(causeKey);
  if (datacenter === null || trouble !== "late") return;
  const { surely, perhaps } = truth.delayedHours(datacenter, atMs);
  const listed = new Set(hours.map(({ eventType, hour }) => `${eventType} ${hour}`));
  const forgotten = [...surely].filter((key) => !listed.has(key));
  if (forgotten.length > 0 && situation.phase !== "over")
    findings.add("affected hours", where, `${listed.size}`, `${forgotten.length} more, such as ${forgotten[0]}`);
  const extra = [...listed].filter((key) => !perhaps.has(key));
  if (extra.length > 0) findings.add("affected hours", where, extra.join(), "closed as usual");
}

/** What is so at this minute may be said at the next. */
function isOnTheMinute(hours: IncidentJson["hours"], truth: StoryTruth, atMs: number): boolean {
  return hours.some(({ eventType, hour }) => {
    const { closesAtMs, deadlineAtMs } = truth.hour(eventType, Date.parse(`${hour}:00:00Z`));
    const passed = Math.min(closesAtMs, atMs) - deadlineAtMs;
    return Math.abs(passed) <= 2 * minuteMs;
  });
}
