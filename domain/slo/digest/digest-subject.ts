import type { SloItemJson } from "../../api/slo.ts";
import type { SloReport } from "../../api/slo-report.ts";
import { formatPercent } from "../../percent.ts";
import { type Measure, measures, type SloStatus } from "../../slo-measures.ts";
import { hoursOf, subjectOf } from "../report-sentence.ts";
import { periodName } from "../slo-words.ts";

type SubjectInput = Pick<SloReport, "period" | "filter" | "total" | "tiers">;

/** "Tidemark, October 2026: 99.2 % of high-tier hours on time, objective met". */
export function digestSubject(report: SubjectInput): string {
  const subject = subjectOf(report);
  const { attainment } = subject.timeliness.hours;
  const nothing = subject.timeliness.status === "excused" ? `${hoursOf(subject)}: all excused` : "no hours counted";
  const figure = attainment === null ? nothing : `${formatPercent(attainment)} of ${hoursOf(subject)} on time`;
  const outcome = outcomeOf(report);
  return `Tidemark, ${periodName(report.period)}${scopeOf(report)}: ${figure}${outcome === null ? "" : `, ${outcome}`}`;
}

function scopeOf({ filter: { tier, owner } }: SubjectInput): string {
  return `${tier ? `, ${tier} tier` : ""}${owner ? `, ${owner}` : ""}`;
}

/*
 * The subject alone must not make a missed objective look met; the first line that holds:
 *
 *   objective missed                    the only tier missed it
 *   objective missed for the high tier  a tier did
 *   completeness objective missed       hours were on time, and too many of them are not complete; skew alike
 *   objective status unknown            hours without a known outcome could have spent a budget
 *   objective at risk, in progress      the month has not ended
 *   no objective set                    there is no objective
 *   objective met                       one is met, and none is missed
 *   nothing                             no hours counted
 */
function outcomeOf({ total, tiers }: SubjectInput): string | null {
  const held = tiers.length > 0 ? tiers : [total];
  const having = (measure: Measure, status: SloStatus) => held.filter((item) => item[measure].status === status);
  const has = (status: SloStatus) => measures.some((measure) => having(measure, status).length > 0);
  const missed = having("timeliness", "missed");
  if (missed.length > 0) return held.length === 1 ? "objective missed" : `objective missed for ${tiersText(missed)}`;
  const other = measures.find((measure) => having(measure, "missed").length > 0);
  if (other) return `${other} objective missed`;
  if (has("unknown")) return "objective status unknown";
  if (has("at_risk")) return "objective at risk";
  if (has("in_progress")) return "objective in progress";
  if (measures.every((measure) => held.every((item) => item[measure].status === "no_objective")))
    return "no objective set";
  return has("met") ? "objective met" : null;
}

function tiersText(missed: readonly SloItemJson[]): string {
  const names = missed.map(({ name }) => name);
  return names.length === 1 ? `the ${names[0]} tier` : `the tiers ${names.join(" and ")}`;
}
