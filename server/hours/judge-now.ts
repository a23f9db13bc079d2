import { type PreviousVerdict, reviseVerdict } from "#domain/revision.ts";
import { judgeHour } from "#domain/verdict.ts";
import type { HourFacts } from "./load-facts.ts";
import type { HourVerdict } from "./verdict-json.ts";

/**
 * The verdict that the evaluate worker is about to write: for hours that no one judged yet, and for those that time made
 * due while it is behind.
 */
export function judgeNow(facts: HourFacts, before: PreviousVerdict | null, now: Date): HourVerdict {
  const judgement = judgeHour({ hour: facts.hour, facts: facts.facts, terms: facts.terms, now });
  const { revision, amended } = reviseVerdict(before, judgement);
  return { ...judgement, hour: facts.hour, revision, amended };
}
