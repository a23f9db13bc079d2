import type { SloExcuseJson, SloExcusePreviewJson } from "../api/slo.ts";
import { formatCountOf } from "../figures.ts";
import { formatPercent } from "../percent.ts";
import { monthName, statusWords } from "./slo-words.ts";

/** "3 hours of 2 event types would not count: 2 are late, 1 is incomplete." */
export function previewSentence({ eventTypes, hourCount, lateHours, incompleteHours }: SloExcusePreviewJson): string {
  if (hourCount === 0) return "No hour that counts is in this range: nothing would change.";
  const of = `${formatCountOf(hourCount, "hour")} of ${formatCountOf(eventTypes.length, "event type")}`;
  const be = (count: number, word: string) => `${count} ${count === 1 ? "is" : "are"} ${word}`;
  return `${of} would not count: ${be(lateHours, "late")}, ${be(incompleteHours, "incomplete")}.`;
}

const measureNames = { timeliness: "on time", completeness: "complete", skew: "in their hour" } as const;

/** "October 2026, high tier, on time: 99.2 % (missed) → 99.6 % (met)"; only what changes. */
export function changedShares({ months }: Pick<SloExcusePreviewJson, "months">): string[] {
  return months.flatMap(({ month, tiers }) =>
    tiers
      .filter(({ before, after }) => before.attainment !== after.attainment || before.status !== after.status)
      .map(
        ({ tier, measure, before, after }) =>
          `${monthName(month)}, ${tier} tier, ${measureNames[measure]}: ${shareText(before)} → ${shareText(after)}`,
      ),
  );
}

/** "October 2026 is frozen: this is listed as a restatement." */
export function restatedMonths({ months }: Pick<SloExcusePreviewJson, "months">): string | null {
  const frozen = months.filter((month) => month.frozen).map(({ month }) => monthName(month));
  if (frozen.length === 0) return null;
  return `${frozen.join(" and ")} ${frozen.length === 1 ? "is" : "are"} frozen: the change is listed as a restatement.`;
}

/** "tier high, 2026-10-12T08 to 2026-10-12T11 UTC". */
export function excuseTitle({ scope, from, to }: Pick<SloExcuseJson, "scope" | "from" | "to">): string {
  return `${scope}, ${from} to ${to} UTC`;
}

function shareText({ attainment, status }: { attainment: number | null; status: keyof typeof statusWords }): string {
  return `${attainment === null ? "–" : formatPercent(attainment)} (${statusWords[status]})`;
}
