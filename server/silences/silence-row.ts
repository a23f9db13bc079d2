import type { SilenceJson } from "#domain/api/silences.ts";
import { formatInstant } from "#domain/instant.ts";
import { parseSilenceDraft, silenceState } from "#domain/silence.ts";

export interface SilenceRow {
  id: string;
  name: string | null;
  matchers: string[];
  startsAt: Date;
  endsAt: Date;
  recurrence: Record<string, unknown>[] | null;
  reason: string;
  createdBy: string;
  createdAt: Date;
  expiredBy: string | null;
}

export const silenceColumns = `
  id::text, name, matchers, starts_at AS "startsAt", ends_at AS "endsAt", recurrence, reason, created_by AS "createdBy",
  created_at AS "createdAt", expired_by AS "expiredBy"`;

export function toSilenceJson(row: SilenceRow, now: Date): SilenceJson {
  const { startsAt, endsAt, createdAt, matchers, recurrence } = row;
  const parsed = parseSilenceDraft({ matchers, recurrence });
  // One that this version cannot read silences nothing.
  const intervals = parsed.ok ? (parsed.spec.recurrence ?? null) : [];
  return {
    ...row,
    startsAt: formatInstant(startsAt),
    endsAt: formatInstant(endsAt),
    createdAt: formatInstant(createdAt),
    state: silenceState({ startsAt, endsAt, recurrence: intervals }, now),
  };
}
