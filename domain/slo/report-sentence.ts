import type { SloItemJson } from "../api/slo.ts";
import type { SloReport } from "../api/slo-report.ts";
import { formatCount, formatCountOf } from "../figures.ts";
import { formatPercent } from "../percent.ts";
import { type Measure, measures } from "../slo-measures.ts";
import { leadTier } from "./lead-tier.ts";
import { formatPoints } from "./points.ts";
import { monthBefore, monthName, periodName, statusWords } from "./slo-words.ts";

type SentenceInput = Pick<SloReport, "period" | "total" | "tiers" | "causes">;

/**
 * The month in words: "October 2026: 99.2 % of high-tier hours on time, objective 99.5 %: missed. 61 of 78 late hours were held up by sjc."
 * First the tier that is promised most, or the report's filter; then the objectives of other tiers and measures that are not met.
 */
export function reportSentence(report: SentenceInput): string {
  const subject = subjectOf(report);
  return [firstSentence(report, subject), ...otherSentences(report, subject), ...lossSentences(report)].join(" ");
}

/** The item that the first sentence, the mail's subject and the calendar's budget are about. */
export function subjectOf({ total, tiers }: Pick<SentenceInput, "total" | "tiers">): SloItemJson {
  if (total.timeliness.parts.length > 0) return leadTier(tiers) ?? total;
  return total.scope === "all" && tiers.length === 1 ? (tiers[0] ?? total) : total;
}

function firstSentence({ period }: SentenceInput, item: SloItemJson): string {
  const { timeliness, hours } = item;
  const when = period.kind === "month" ? periodName(period) : "The last 28 days";
  const { attainment } = timeliness.hours;
  if (attainment === null) {
    if (timeliness.status !== "excused" && hours.excused === 0)
      return `${when}: no data, none of ${hoursOf(item)} was due.`;
    const which =
      hours.undecided > 0
        ? `${formatCountOf(hours.excused, "hour")} excused, none of the others due`
        : "all hours excused";
    return `${when}, ${nameOf(item)}: ${which}.`;
  }
  const change =
    timeliness.change === null
      ? ""
      : `, ${formatPoints(timeliness.change)} from ${monthName(monthBefore(period.name))}`;
  return `${when}: ${formatPercent(attainment)} of ${hoursOf(item)} on time, ${againstOf(timeliness)}${change}.`;
}

const subjects: Record<Measure, string> = { timeliness: "on time", completeness: "complete", skew: "in their hour" };
const troubled = new Set(["missed", "unknown", "at_risk"]);

/** What the first sentence leaves out and must not hide. */
function otherSentences({ total, tiers }: SentenceInput, subject: SloItemJson): string[] {
  const held = tiers.length > 0 && total.scope !== "eventType" ? tiers : [total];
  return measures.flatMap((measure) =>
    held
      .filter((item) => troubled.has(item[measure].status))
      .filter((item) => measure !== "timeliness" || item.name !== subject.name)
      .map((item) => {
        const attained = item[measure][item[measure].basis].attainment;
        const figure = attained === null ? "no known hours" : `${formatPercent(attained)}`;
        return `${capitalised(nameOf(item))}: ${figure} ${subjects[measure]}, ${againstOf(item[measure])}.`;
      }),
  );
}

/** "objective 99.5 %: missed". */
function againstOf({ objective, status, parts }: SloItemJson["timeliness"]): string {
  if (status === "no_objective") return statusWords.no_objective;
  if (objective !== null) return `objective ${formatPercent(objective)}: ${statusWords[status]}`;
  const objectives = parts.filter((part) => part.objective !== null).length;
  return `${objectives} objectives: ${statusWords[status]}`;
}

function lossSentences({ total, tiers, causes }: SentenceInput): string[] {
  const [worst] = causes.datacenters;
  const { bad: late, counted } = total.timeliness.hours;
  const sentences: string[] = [];
  if (worst && worst.lateHours > 0) {
    const which = tiers.length > 1 ? "Of all tiers, " : "";
    if (late === 1) sentences.push(`The only late hour was held up by ${worst.name}.`);
    else
      sentences.push(
        `${which}${formatCount(worst.lateHours)} of ${formatCount(late)} late hours ${worst.lateHours === 1 ? "was" : "were"} held up by ${worst.name}.`,
      );
  } else if (late === 0 && counted > 0 && total.completeness.hours.bad === 0)
    sentences.push("No late or incomplete hours.");
  const lost = total.completeness.events.bad;
  if (lost > 0)
    sentences.push(
      `${formatCount(lost)} of ${formatCount(total.completeness.events.counted)} events ${lost === 1 ? "was" : "were"} lost.`,
    );
  return sentences;
}

/** "high-tier hours". */
export function hoursOf({ scope, name }: SloItemJson): string {
  if (scope === "tier") return `${name}-tier hours`;
  if (scope === "owner") return `the hours of ${name}`;
  return scope === "eventType" ? `${name}’s hours` : "the hours";
}

function nameOf({ scope, name }: SloItemJson): string {
  return scope === "tier" ? `${name} tier` : name;
}

function capitalised(text: string): string {
  return `${text[0]?.toUpperCase()}${text.slice(1)}`;
}
