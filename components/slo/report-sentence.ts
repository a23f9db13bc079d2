import { formatCount, formatShare } from "#components/ui/number-format.ts";
import type { SloItemJson } from "#domain/api/slo.ts";
import type { SloReport } from "#domain/api/slo-report.ts";
import { periodName } from "./slo-words.ts";

type Told = Pick<SloReport, "period" | "total" | "tiers" | "causes">;

const urgency = ["missed", "unknown", "at_risk", "kept", "no_objective", "no_data"];

/**
 * The month in a breath: "October 2026: 99.2 % of high-tier hours on time against 99.5 %. sjc closed last in 61 of the 78 late hours." It
 * tells of the tier that is worst off, or of what the page was narrowed to.
 */
export function reportSentence({ period, total, tiers, causes }: Told): string {
  const told = total.scope === "all" ? (tiers.toSorted(worstFirst)[0] ?? total) : total;
  const { timeliness } = told;
  const { attainment, counted } = timeliness.hours;
  if (attainment === null) return `${periodName(period)}: no hour ${whose(told)}is due yet.`;
  const against =
    timeliness.objective === null ? ", with no objective set" : ` against ${formatShare(timeliness.objective)}`;
  const sentences = [
    `${periodName(period)}: ${formatShare(attainment)} of ${hoursOf(told)} on time${against}${standing(told)}.`,
  ];
  const [worst] = causes.datacenters;
  const late = total.timeliness.hours.bad;
  if (worst && worst.lateHours > 0) {
    const part =
      late === worst.lateHours
        ? late === 1
          ? "the one"
          : `all ${formatCount(late)}`
        : `${formatCount(worst.lateHours)} of the ${formatCount(late)}`;
    sentences.push(`${worst.name} held up ${part} late ${late === 1 ? "hour" : "hours"}.`);
  } else if (late === 0 && counted > 0 && total.completeness.hours.bad === 0)
    sentences.push("Nothing was late or incomplete.");
  const lost = total.completeness.events.bad;
  if (lost > 0)
    sentences.push(`${formatCount(lost)} of ${formatCount(total.completeness.events.counted)} events were lost.`);
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
  if (timeliness.status === "missed") return ": the promise is broken";
  if (timeliness.status === "at_risk") return ", within the month’s budget still";
  return "";
}

function worstFirst(a: SloItemJson, b: SloItemJson): number {
  return (
    urgency.indexOf(a.timeliness.status) - urgency.indexOf(b.timeliness.status) ||
    (a.timeliness.hours.attainment ?? 2) - (b.timeliness.hours.attainment ?? 2)
  );
}
