import { writeDates } from "#domain/api/shared.ts";
import type { SilenceJson } from "#domain/api/silences.ts";
import type { Matcher } from "#domain/routing.ts";
import { nextWindows, parseStoredSilence, type Silence, silenceState } from "#domain/silence.ts";
import type { Silence as StoredSilence } from "#server/db/generated/client.ts";
import { specTag } from "#server/precondition.ts";

export type SilenceRow = Omit<StoredSilence, "matchers" | "recurrence"> & {
  matchers: string[];
  recurrence: SilenceJson["recurrence"];
};

const shownWindows = 3;

export function toSilenceJson(row: SilenceRow, now: Date): SilenceJson {
  const { startsAt, endsAt } = row;
  const { recurrence } = toSilence(row);
  return {
    ...writeDates(row, ["startsAt", "endsAt", "createdAt"]),
    state: silenceState({ startsAt, endsAt, recurrence }, now),
    next: nextJson({ startsAt, endsAt, recurrence }, now),
    etag: tagOf(row),
  };
}

/** Changes with everything that a person can change. */
export function tagOf({ matchers, startsAt, endsAt, recurrence, reason }: SilenceRow): string {
  return specTag({ matchers, startsAt, endsAt, recurrence, reason });
}

/** One that this version cannot read silences nothing. */
export function toSilence({ id, matchers, startsAt, endsAt, recurrence }: SilenceRow): Silence {
  const parsed = parseStoredSilence({ matchers, recurrence });
  const read: { matchers: readonly Matcher[]; recurrence: Silence["recurrence"] } = parsed.ok
    ? { matchers: parsed.spec.matchers, recurrence: parsed.spec.recurrence }
    : { matchers: [], recurrence: [] };
  return { id, startsAt, endsAt, ...read };
}

export function nextJson(silence: Pick<Silence, "startsAt" | "endsAt" | "recurrence">, now: Date) {
  const next = nextWindows(silence, { now, count: shownWindows });
  return next.map((window) => writeDates(window, ["startsAt", "endsAt"]));
}
