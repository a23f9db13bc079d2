import type { SloItemJson } from "../api/slo.ts";
import type { SloReport } from "../api/slo-report.ts";
import { formatCount } from "../figures.ts";
import { formatPercent } from "../percent.ts";
import { periodName } from "./slo-words.ts";

type SentenceInput = Pick<SloReport, "period" | "total" | "tiers" | "causes">;

const urgency = ["missed", "unknown", "at_risk", "kept", "no_objective", "no_data"];

/**
 * The month in one sentence: "October 2026: 99.2 % of high-tier hours on time, objective 99.5 %. 61 of 78 late hours were held up by sjc."
 * About the tier that is worst off, or the report's filter.
 */
export function reportSentence({ period, total, tiers, causes }: SentenceInput): string {
  const told = total.scope === "all" ? (tiers.toSorted(worstFirst)[0] ?? total) : total;
  const { timeliness } = told;
  const when = period.kind === "month" ? periodName(period) : "The last 28 days";
  const { attainment, counted } = timeliness.hours;
  if (attainment === null) return `${when}: no hours ${whose(told)}due yet.`;
  const against =
    timeliness.objective === null ? ", with no objective set" : `, objective ${formatPercent(timeliness.objective)}`;
  const sentences = [`${when}: ${formatPercent(attainment)} of ${hoursOf(told)} on time${against}${standing(told)}.`];
  const [worst] = causes.datacenters;
  const late = total.timeliness.hours.bad;
  if (worst && worst.lateHours > 0) {
    const all =
      late === 1
        ? "The only late hour was"
        : `${formatCount(worst.lateHours)} of ${formatCount(late)} late hours ${worst.lateHours === 1 ? "was" : "were"}`;
    sentences.push(`${all} held up by ${worst.name}.`);
  } else if (late === 0 && counted > 0 && total.completeness.hours.bad === 0)
    sentences.push("No late or incomplete hours.");
  const lost = total.completeness.events.bad;
  if (lost > 0)
    sentences.push(
      `${formatCount(lost)} of ${formatCount(total.completeness.events.counted)} events ${lost === 1 ? "was" : "were"} lost.`,
    );
  return sentences.join(" ");
}

function hoursOf({ scope, name }: SloItemJson): string {
  if (scope === "tier") return `${name}-tier hours`;
  if (scope === "owner") return `the hours of ${name}`;
  return scope === "eventType" ? `${name}’s hours` : "hours";
}

function whose(item: SloItemJson): string {
  return item.scope === "all" ? "" : `of ${item.name} `;
}

function standing({ timeliness }: SloItemJson): string {
  if (timeliness.status === "missed") return ": missed";
  if (timeliness.status === "at_risk") return ", error budget not spent yet";
  return "";
}

function worstFirst(a: SloItemJson, b: SloItemJson): number {
  return (
    urgency.indexOf(a.timeliness.status) - urgency.indexOf(b.timeliness.status) ||
    (a.timeliness.hours.attainment ?? 2) - (b.timeliness.hours.attainment ?? 2)
  );
}
