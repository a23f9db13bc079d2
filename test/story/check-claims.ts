import { formatShare } from "#domain/figures.ts";
import { releasesIn } from "#simulator/releases.ts";
import type { ReadText } from "./check-texts.ts";
import type { Findings } from "./contradiction.ts";
import { type Claim, countsOf, instantOf, textsOf } from "./grammar.ts";
import type { StoryTruth } from "./story-truth.ts";

const minuteMs = 60_000;
const weekMs = 168 * 3_600_000;

interface Args {
  truth: StoryTruth;
  atMs: number;
  findings: Findings;
}

/** What sentences say of events, hours, deployments and silences, whichever page they are on. */
export function checkClaims({ claims, where, text }: ReadText, args: Args): void {
  for (const claim of claims) {
    const { template } = claim;
    checkShare(claim, where, text, args);
    if (template.includes(" was deployed ")) checkDeployment(claim, where, text, args);
    if (template.startsWith("{type}: {dc} lost") || template.startsWith("{type}: hour {hour} lost"))
      checkLost(claim, where, text, args);
    if (template.includes("its deadline of {any}")) checkDeadline(claim, where, text, args);
    if (template.startsWith("{dc} has sent nothing")) checkSilence(claim, where, text, args);
  }
}

/** `75 of 90 events (83.33 %)`. */
function checkShare({ template, ...claim }: Claim, where: string, text: string, { findings }: Args): void {
  if (!/\{count\} of \{count\} event\S*[^;]*\(\{share\}\)/.test(template)) return;
  const [part = 0, whole = 0] = countsOf({ template, ...claim });
  const [share = ""] = textsOf({ template, ...claim }, "share");
  if (share === "" || whole === 0) return;
  findings.equal("share", `${where}: ${text}`, share, formatShare(part, whole));
}

function checkDeployment(claim: Claim, where: string, text: string, { truth, atMs, findings }: Args): void {
  const [component, version] = [textsOf(claim, "component")[0], textsOf(claim, "version")[0]];
  const saidMs = instantOf(textsOf(claim, "past")[0] ?? "", atMs);
  const { fleet, incidents } = truth.world.simulation;
  const real = [
    ...releasesIn(fleet, incidents, new Date(atMs - 2 * weekMs), new Date(atMs)),
    ...truth.world.deployments,
  ];
  const isReal = real.some(
    (each) =>
      each.component === component &&
      each.version === version &&
      Math.floor(each.deployedAt.getTime() / minuteMs) * minuteMs === saidMs,
  );
  if (!isReal) findings.add("no such deployment", where, text, `${component} ${version} was not deployed then`);
}

function checkLost(claim: Claim, where: string, text: string, { truth, atMs, findings }: Args): void {
  const [eventType = "", hour = ""] = [textsOf(claim, "type")[0], textsOf(claim, "hour")[0]];
  const dc = claim.template.includes("most in") ? null : textsOf(claim, "dc")[0];
  const lanes = truth
    .hour(eventType, Date.parse(`${hour}:00:00Z`))
    .lanes.filter((lane) => dc === null || lane.dc === dc);
  const startMs = Date.parse(`${hour}:00:00Z`);
  if (lanes.some((lane) => truth.isUncounted(lane.dc, startMs, atMs))) return;
  const lost = lanes.reduce((sum, lane) => sum + Math.max(0, lane.lost - lane.duplicated), 0);
  const produced = lanes.reduce((sum, lane) => sum + lane.produced, 0);
  const [said, of] = countsOf(claim);
  if (said !== lost || of !== produced) findings.add("lost", where, text, `${lost} of ${produced}`);
}

function checkDeadline(claim: Claim, where: string, text: string, { truth, atMs, findings }: Args): void {
  const [eventType = "", hour = ""] = [textsOf(claim, "type")[0], textsOf(claim, "hour")[0]];
  const { deadlineAtMs, closesAtMs } = truth.hour(eventType, Date.parse(`${hour}:00:00Z`));
  const said = textsOf(claim, "any")[0] ?? "";
  if (instantOf(said, atMs) !== deadlineAtMs)
    findings.add("deadline", where, text, new Date(deadlineAtMs).toISOString());
  if (claim.template.includes(" missed ") && Math.min(closesAtMs, atMs) < deadlineAtMs - minuteMs)
    findings.add("deadline", where, text, `closed ${new Date(closesAtMs).toISOString()}`);
}

function checkSilence(claim: Claim, where: string, text: string, { truth, atMs, findings }: Args): void {
  const [since] = textsOf(claim, "past");
  if (since === undefined) return;
  const saidMs = instantOf(since, atMs);
  const dc = textsOf(claim, "dc")[0];
  const isReal = truth.world.incidents.some(
    (each) => each.kind === "dc-silent" && each.dc === dc && Math.abs(each.fromAt.getTime() - saidMs) <= 2 * minuteMs,
  );
  if (!isReal) findings.add("silent", where, text, `${dc} was not silent from then on`);
}
