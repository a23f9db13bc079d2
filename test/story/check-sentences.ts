import type { IncidentJson } from "#domain/api/alerts.ts";
import type { ReadText } from "./check-texts.ts";
import type { Findings } from "./contradiction.ts";
import { type Claim, countsOf, instantOf, textsOf } from "./grammar.ts";

/** The numbers and times in an incident's sentence are those of its record. */
export function checkSentence(
  { claims, where, text }: ReadText,
  { situation }: Pick<IncidentJson, "situation">,
  atMs: number,
  findings: Findings,
): void {
  const { extent, impact, onset, phase, phaseSince, recovery } = situation;
  for (const claim of claims) {
    const { template } = claim;
    if (template.includes(" since {past}.")) findings.equal("since", where, momentOf(claim, atMs), minuteOf(onset.at));
    if (template.includes(" from {pastBare} to {until}.")) {
      findings.equal("phase", where, "over", phase);
      const [from = "", to = ""] = [...textsOf(claim, "pastBare"), ...textsOf(claim, "until")];
      const fromMs = instantOf(from, atMs);
      findings.equal("since", where, fromMs, minuteOf(onset.at));
      findings.equal("until", where, instantOf(to, fromMs), minuteOf(phaseSince));
    }
    if (template.startsWith("No hour")) findings.equal("affected hours", where, 0, extent.hours?.affected ?? 0);
    if (template.startsWith("{count} hour{s} of")) checkEffect(claim, text, where, { extent, impact }, findings);
    if (template.includes("all closed by about")) {
      const said = instantOf(textsOf(claim, "future")[0] ?? "", atMs);
      findings.equal("expected recovery", where, said, recovery && minuteOf(recovery.p50At));
      if (said <= atMs - 60_000) findings.add("past as future", where, text, new Date(atMs).toISOString());
    }
    if (template.startsWith("Catch") || template.startsWith("Caught"))
      findings.equal("phase", where, "recovering", phase);
  }
}

function checkEffect(
  claim: Claim,
  text: string,
  where: string,
  { extent, impact }: Pick<IncidentJson["situation"], "extent" | "impact">,
  findings: Findings,
): void {
  const hours = extent.hours;
  const [affected, types] = countsOf(claim);
  const figure = (pattern: RegExp) => Number(pattern.exec(text)?.[1]?.replaceAll(",", "") ?? 0);
  findings.equal("affected hours", where, affected, hours?.affected);
  findings.equal("affected types", where, types, hours?.eventTypeCount);
  findings.equal("missed deadlines", where, figure(/([\d,]+) deadlines? missed/), impact.missedDeadlines);
  findings.equal("at risk", where, figure(/([\d,]+) at risk/), impact.hoursAtRisk);
  findings.equal("recovered", where, figure(/([\d,]+) recovered/), (hours?.final ?? 0) - (hours?.lossy ?? 0));
  findings.equal(
    "closed with loss",
    where,
    figure(/([\d,]+) (?:closed with loss|final but not complete)/),
    hours?.lossy ?? 0,
  );
  if (/events? lost\)/.test(text))
    findings.equal("lost", where, figure(/\(([\d,]+)(?: of [\d,]+)? events? lost\)/), impact.lost);
}

function momentOf(claim: Claim, atMs: number): number {
  return instantOf(textsOf(claim, "past")[0] ?? "", atMs);
}

function minuteOf(instant: string): number {
  return Math.floor(Date.parse(instant) / 60_000) * 60_000;
}
