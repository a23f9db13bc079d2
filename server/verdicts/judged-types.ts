import { newsSeconds } from "#domain/alert.ts";
import type { JudgedHour } from "./write-verdicts.ts";

/** What rules look at: closed hours, and whether hours are closed. Counts of hours that go on say nothing yet. */
type Judged = Pick<JudgedHour, "eventTypeId" | "hour" | "before" | "judgement">;

/** Older hours than those that any rule's horizon reaches are left to themselves: a backfill of years costs nothing here. */
const oldestMs = 14 * 86_400_000 + newsSeconds * 1000;

/** The types whose rules are to be looked at because of these judgements. */
export function judgedTypes(judged: readonly Judged[], now: Date): number[] {
  const telling = judged.filter(({ hour, before, judgement }) => {
    if (now.getTime() - hour.getTime() > oldestMs) return false;
    if (before.state !== judgement.state) return judgement.state !== "open";
    // Accepted hours page nobody; one that is accepted no more does again.
    if (before.acceptedBy !== judgement.acceptedBy) return true;
    return (
      judgement.closedAt !== null &&
      (before.closedAt?.getTime() !== judgement.closedAt.getTime() ||
        before.known !== judgement.known ||
        before.lost !== judgement.lost ||
        before.duplicated !== judgement.duplicated ||
        before.skewed !== judgement.skewed)
    );
  });
  return [...new Set(telling.map(({ eventTypeId }) => eventTypeId))];
}
