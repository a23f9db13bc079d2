import type { CauseJson } from "#domain/api/explanation.ts";
import type { Cause } from "#domain/explain.ts";
import { formatInstant } from "#domain/instant.ts";

export function toCauseJson(cause: Cause): CauseJson {
  return {
    ...cause,
    since: cause.since && formatInstant(cause.since),
    evidence: cause.evidence.map((item) => ({ ...item, at: item.at && formatInstant(item.at) })),
  };
}
