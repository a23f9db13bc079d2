import type { IncidentJson } from "#domain/api/alerts.ts";
import { explains } from "#domain/incident.ts";
import { isTrue, troubleOf } from "#simulator/drill/truth.ts";
import { isThrottle } from "#simulator/incidents.ts";
import type { SaidBefore } from "./check-incident.ts";
import type { Findings } from "./contradiction.ts";
import type { HourPage } from "./moment.ts";
import type { StoryTruth } from "./story-truth.ts";

const minuteMs = 60_000;
/** Reports and judging are a minute apart. */
const slackMs = 2 * minuteMs;

/** An hour's page: its verdict against what was produced, and its causes against what happened and what its incidents say. */
export function checkHour(
  { verdict, explanation }: HourPage,
  incidents: readonly IncidentJson[],
  {
    truth,
    atMs,
    findings,
    before,
  }: { truth: StoryTruth; atMs: number; findings: Findings; before: ReadonlyMap<string, SaidBefore> },
): void {
  const { eventType, hour } = verdict;
  const where = `hour ${eventType} ${hour}`;
  const startMs = Date.parse(`${hour}:00:00Z`);
  const real = truth.hour(eventType, startMs);
  for (const { name, closed } of verdict.datacenters) {
    const closesAtMs = real.lanes.find(({ dc }) => dc === name)?.closesAtMs ?? Number.NaN;
    if (Math.abs(closesAtMs - atMs) > slackMs && closed !== closesAtMs <= atMs)
      findings.add("closed", where, `${name} ${closed ? "closed" : "not closed"}`, new Date(closesAtMs).toISOString());
  }
  if (verdict.closedAt !== null && Math.abs(Date.parse(verdict.closedAt) - real.closesAtMs) > slackMs)
    findings.add("closed", where, verdict.closedAt, new Date(real.closesAtMs).toISOString());
  const closedMs = Math.min(real.closesAtMs, atMs);
  if (verdict.deadlineMet !== null && Math.abs(closedMs - real.deadlineAtMs) > slackMs)
    findings.equal("deadline met", where, verdict.deadlineMet, real.closesAtMs <= real.deadlineAtMs);
  findings.equal("deadline", where, Date.parse(verdict.deadlineAt), real.deadlineAtMs);
  const isCounted = verdict.datacenters.every(({ name }) => !truth.isUncounted(name, startMs, atMs));
  if (isCounted && ["complete", "incomplete", "overcounted"].includes(verdict.state)) {
    const sum = (of: (lane: (typeof real.lanes)[number]) => number) =>
      real.lanes.reduce((total, lane) => total + of(lane), 0);
    findings.equal(
      "lost",
      where,
      verdict.lost,
      sum(({ lost, duplicated }) => Math.max(0, lost - duplicated)),
    );
    findings.equal(
      "duplicated",
      where,
      verdict.duplicated,
      sum(({ lost, duplicated }) => Math.max(0, duplicated - lost)),
    );
    findings.equal(
      "produced",
      where,
      verdict.produced,
      sum(({ produced }) => produced),
    );
  }
  checkForecast(verdict, incidents, { atMs, findings, where, before });
  checkCauses({ verdict, explanation }, incidents, { truth, atMs, findings, where });
}

/** An hour that waits only for datacenters that catch up is not expected later than its incidents expect their end. */
function checkForecast(
  { eventType, hour, datacenters, forecast }: HourPage["verdict"],
  incidents: readonly IncidentJson[],
  terms: { atMs: number; findings: Findings; where: string; before: ReadonlyMap<string, SaidBefore> },
): void {
  const { atMs, findings, where, before } = terms;
  if (forecast === null) return;
  // Forecasts and incidents take turns: what is expected may be that of the minute before.
  const earlier = (id: string) => (before.get(id)?.expected ?? []).filter((said) => said.atMs >= atMs - slackMs);
  // It heeds the types' lanes of incidents that recovered a minute ago.
  const wasRecovering = (id: string) => {
    const was = before.get(id)?.incident;
    const isOfType = was?.hours.some((each) => each.eventType === eventType);
    return isOfType && was?.situation.phase === "recovering" && earlier(id).length > 0;
  };
  const recovering = incidents.filter(
    ({ id, hours, situation: { phase, recovery } }) =>
      phase === "recovering" &&
      recovery !== null &&
      recovery.p90At > recovery.asOf &&
      wasRecovering(id) &&
      hours.some((each) => each.eventType === eventType && each.hour === hour),
  );
  const catchUp = new Set(recovering.flatMap(({ situation }) => situation.extent.datacenters));
  if (catchUp.size === 0 || datacenters.some(({ name, closed }) => !closed && !catchUp.has(name))) return;
  const endsMs = Math.max(
    ...recovering.flatMap(({ id, situation: { recovery } }) => [
      Date.parse(recovery?.p50At ?? ""),
      ...earlier(id).map(({ p50Ms }) => p50Ms),
    ]),
  );
  const closesMs = Date.parse(forecast.closesAt.p50);
  if (closesMs > Math.max(endsMs, atMs) + minuteMs)
    findings.add("forecast", where, forecast.closesAt.p50, `caught up by ${new Date(endsMs).toISOString()}`);
}

function checkCauses(
  { verdict, explanation }: HourPage,
  incidents: readonly IncidentJson[],
  { truth, atMs, findings, where }: { truth: StoryTruth; atMs: number; findings: Findings; where: string },
): void {
  const { eventType, hour } = verdict;
  const own = incidents.filter(({ hours }) => hours.some((each) => each.eventType === eventType && each.hour === hour));
  for (const { causeKey, situation } of own) {
    if (situation.onset.source === "alert") continue;
    const same = explanation.causes.filter((cause) => explains({ ...cause, since: null, evidence: [] }, causeKey));
    if (
      same.length > 0 &&
      !same.some(({ sentence, since }) => sentence === situation.cause.sentence && since === situation.onset.at)
    )
      findings.add("pages differ", where, same.map(({ sentence }) => sentence).join(" "), situation.cause.sentence);
  }
  for (const [rank, cause] of explanation.causes.entries()) {
    if (own.some(({ situation }) => situation.cause.sentence === cause.sentence)) continue;
    // That it was deployed in the time in question is a fact; only what is likeliest, or to be rolled back, is blamed.
    const isBlamed = rank === 0 || !cause.sentence.endsWith("Check what it changed before you roll it back.");
    if (cause.code === "deployment" && isBlamed && !truth.world.incidents.some((each) => isTrue({ ...cause }, each)))
      findings.add("bait blamed", where, cause.sentence, "an innocent deployment");
    const here = truth.world.incidents.filter(({ dc, fromAt }) => dc === cause.datacenter && fromAt.getTime() <= atMs);
    // Late by chance alone, it holds up the hour all the same.
    const isLate = cause.datacenter !== null && truth.isLate(eventType, cause.datacenter);
    if (cause.score >= likely && here.length === 0 && cause.code !== "datacenter_behind" && !isLate)
      findings.add("wrong cause", where, cause.sentence, `nothing was wrong at ${cause.datacenter}`);
    if (cause.score >= likely && cause.code === "stage_loss" && !here.some(({ kind }) => troubleOf[kind] === "lost"))
      findings.add("wrong cause", where, cause.sentence, here.map(({ kind }) => kind).join());
    if (
      cause.score >= likely &&
      cause.code === "publishing_stalled" &&
      !here.some((each) => isThrottle(each) && each.cause.stage === "published")
    )
      findings.add("wrong cause", where, cause.sentence, here.map(({ kind }) => kind).join());
  }
}

/** Less is a guess, and named as one. */
const likely = 0.5;
