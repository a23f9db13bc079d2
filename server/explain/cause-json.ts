import type { CauseJson } from "#domain/api/explanation.ts";
import type { Cause } from "#domain/explain.ts";
import { formatInstant } from "#domain/instant.ts";
import { withoutToday } from "#domain/moment.ts";

/** As it is read at the instant. */
export function toCauseJson(cause: Cause, now: Date): CauseJson {
  return {
    ...cause,
    sentence: withoutToday(cause.sentence, now),
    since: cause.since && formatInstant(cause.since),
    evidence: cause.evidence.map((item) => ({
      ...item,
      fact: withoutToday(item.fact, now),
      at: item.at && formatInstant(item.at),
    })),
  };
}
