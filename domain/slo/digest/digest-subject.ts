import type { SloItemJson } from "../../api/slo.ts";
import type { SloReport } from "../../api/slo-report.ts";
import { formatPercent } from "../../percent.ts";
import { type Measure, measures, type SloStatus } from "../../slo-measures.ts";
import { periodName } from "../slo-words.ts";

type SubjectInput = Pick<SloReport, "period" | "filter" | "total" | "tiers">;

/** "Tidemark, October 2026: 99.2 % of hours on time, objective met". */
export function digestSubject(report: SubjectInput): string {
  const { attainment } = report.total.timeliness.hours;
  const said =
    attainment === null ? "no hours counted" : `${formatPercent(attainment)} of hours on time, ${outcomeOf(report)}`;
  return `Tidemark, ${periodName(report.period)}${scopeOf(report)}: ${said}`;
}

function scopeOf({ filter: { tier, owner } }: SubjectInput): string {
  return `${tier ? `, ${tier} tier` : ""}${owner ? `, ${owner}` : ""}`;
}

/*
 * The subject alone must not make a missed objective look met; the first line that holds:
 *
 *   objective missed                    all types together missed it
 *   objective missed for the high tier  a tier did, though all together did not
 *   completeness objective missed       hours were on time, and too many of them are not complete; skew alike
 *   objective uncertain                 unverified hours could have spent a budget
 *   no objective set                    there is no objective
 *   objective met
 */
function outcomeOf({ total, tiers }: SubjectInput): string {
  const held = [total, ...tiers];
  const having = (measure: Measure, status: SloStatus) => held.filter((item) => item[measure].status === status);
  if (total.timeliness.status === "missed") return "objective missed";
  const missed = having("timeliness", "missed");
  if (missed.length > 0) return `objective missed for ${tiersText(missed)}`;
  const other = measures.find((measure) => having(measure, "missed").length > 0);
  if (other) return `${other} objective missed`;
  if (measures.some((measure) => having(measure, "unknown").length > 0)) return "objective uncertain";
  if (measures.every((measure) => held.every((item) => item[measure].objective === null))) return "no objective set";
  return "objective met";
}

function tiersText(missed: readonly SloItemJson[]): string {
  const names = missed.map(({ name }) => name);
  return names.length === 1 ? `the ${names[0]} tier` : `the tiers ${names.join(" and ")}`;
}
