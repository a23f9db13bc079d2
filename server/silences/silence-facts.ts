import type { AuditFacts } from "#domain/audit/facts.ts";
import type { SilenceRow } from "./silence-row.ts";

/** What the audit log says of a silence. */
export function factsOfSilence({ matchers, startsAt, endsAt, recurrence, reason }: SilenceRow): AuditFacts {
  return { matchers, startsAt, endsAt, recurrence, reason };
}
