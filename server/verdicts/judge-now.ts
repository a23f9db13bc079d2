import { isAcceptanceInForce } from "#domain/correction.ts";
import { type PreviousVerdict, reviseVerdict } from "#domain/revision.ts";
import { judgeHour } from "#domain/verdict.ts";
import type { AcceptedBy } from "./accepted-columns.ts";
import type { HourFacts } from "./load-facts.ts";
import type { HourVerdict } from "./verdict-json.ts";

type Stored = Omit<PreviousVerdict, "acceptedBy"> & { acceptedBy: AcceptedBy | null };

/**
 * The verdict the evaluate worker is about to write: for hours not judged yet, and for hours that time made
 * due while it is behind. An acceptance is assumed to hold unless figures got worse.
 */
export function judgeNow(facts: HourFacts, before: Stored | null, now: Date): HourVerdict {
  const judgement = judgeHour({ hour: facts.hour, facts: facts.facts, terms: facts.terms, now });
  const acceptedBy = before && isAcceptanceInForce(before, judgement) ? before.acceptedBy : null;
  const { revision, amended } = reviseVerdict(withId(before, before?.acceptedBy), {
    ...judgement,
    acceptedBy: idOf(acceptedBy),
  });
  return { ...judgement, hour: facts.hour, revision, amended, acceptedBy };
}

function withId(before: Stored | null, accepted: AcceptedBy | null | undefined): PreviousVerdict | null {
  return before && { ...before, acceptedBy: idOf(accepted ?? null) };
}

function idOf(accepted: AcceptedBy | null): bigint | null {
  return accepted && BigInt(accepted.id);
}
