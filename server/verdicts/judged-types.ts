import { newsSeconds } from "#domain/alert.ts";
import type { JudgedHour } from "./write-verdicts.ts";

/** What rules read: closed hours, and whether hours are closed. Counts of running hours mean nothing yet. */
type Judged = Pick<JudgedHour, "eventTypeId" | "hour" | "before" | "judgement">;

/** Hours beyond every rule's horizon are skipped, so that a backfill of years costs nothing here. */
const oldestMs = 14 * 86_400_000 + newsSeconds * 1000;

/** The types whose rules must be evaluated after these judgements. */
export function judgedTypes(judged: readonly Judged[], now: Date): number[] {
  const changed = judged.filter(({ hour, before, judgement }) => {
    if (now.getTime() - hour.getTime() > oldestMs) return false;
    if (before.state !== judgement.state) return judgement.state !== "open";
    // Accepted hours page no one; once the acceptance ends they page again.
    if (before.acceptedBy !== judgement.acceptedBy) return true;
    // Nothing of it changed, and what rules read of it is final now.
    if (judgement.state === "complete" && before.nextDueAt && !judgement.nextDueAt) return true;
    return (
      judgement.closedAt !== null &&
      (before.closedAt?.getTime() !== judgement.closedAt.getTime() ||
        before.known !== judgement.known ||
        before.lost !== judgement.lost ||
        before.duplicated !== judgement.duplicated ||
        before.skewed !== judgement.skewed)
    );
  });
  return [...new Set(changed.map(({ eventTypeId }) => eventTypeId))];
}
