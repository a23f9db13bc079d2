import type { SilenceJson } from "#domain/api/silences.ts";
import { readWeekly, type Weekly, type WrittenInterval, writeWeekly } from "#domain/silence/weekly.ts";

export interface SilenceDraft {
  matchers: string[];
  reason: string;
  /** null: now. */
  startsAt: string | null;
  /** A duration as the API takes it, or `until`. */
  howLong: string;
  /** For `until`: an instant. */
  until: string | null;
  /** null: all the time, or by `intervals`. */
  weekly: Weekly | null;
  /** Times that the form has no fields for, kept as a file or a request wrote them; null: none. */
  intervals: readonly WrittenInterval[] | null;
}

export const howLongs = [
  ["30m", "30 min"],
  ["1h", "1 h"],
  ["2h", "2 h"],
  ["4h", "4 h"],
  ["8h", "8 h"],
  ["24h", "1 day"],
  ["3d", "3 days"],
  ["7d", "1 week"],
  ["until", "Until…"],
] as const;

/** For silences that repeat. */
export const seriesLengths = [
  ["28d", "4 weeks"],
  ["91d", "3 months"],
  ["365d", "1 year"],
  ["until", "Until…"],
] as const;

export const sundayNight: Weekly = {
  weekdays: ["sunday"],
  startTime: "02:00",
  endTime: "04:00",
  location: "UTC",
};

export function emptyDraft(matchers: string[]): SilenceDraft {
  return { matchers, reason: "", startsAt: null, howLong: "2h", until: null, weekly: null, intervals: null };
}

/** A silence as its form begins. */
export function draftOf({ matchers, reason, startsAt, endsAt, recurrence }: SilenceJson): SilenceDraft {
  const weekly = recurrence && readWeekly(recurrence);
  const intervals = weekly === null ? recurrence : null;
  return { matchers, reason, startsAt, howLong: "until", until: endsAt, weekly, intervals };
}

export function matcherLines(text: string): string[] {
  return text
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => line !== "");
}

export function silenceRequest({ matchers, reason, startsAt, howLong, until, ...repeats }: SilenceDraft) {
  return {
    matchers,
    reason,
    ...(startsAt !== null && { startsAt }),
    // Without its instant, the API says beside the field what is missing.
    ...(howLong === "until" ? (until === null ? {} : { endsAt: until }) : { duration: howLong }),
    ...recurrenceOf(repeats),
  };
}

/**
 * What the preview needs: the same, with an end, and without what is not known yet. "Now" is to the minute, so that a request
 * stays the same for a while.
 */
export function previewRequest(draft: SilenceDraft, now: string) {
  const { matchers, startsAt, howLong, until, ...repeats } = draft;
  const startMs = Date.parse(startsAt ?? `${now.slice(0, 16)}Z`);
  const endsAt = howLong === "until" ? until : new Date(startMs + msOf(howLong)).toISOString();
  return {
    matchers,
    ...(startsAt !== null && { startsAt }),
    ...(endsAt !== null && { endsAt }),
    ...recurrenceOf(repeats),
  };
}

function recurrenceOf({ weekly, intervals }: Pick<SilenceDraft, "weekly" | "intervals">) {
  const recurrence = weekly === null ? intervals : writeWeekly(weekly);
  return recurrence === null ? {} : { recurrence: [...recurrence] };
}

function msOf(duration: string): number {
  const unitMs = { m: 60_000, h: 3_600_000, d: 86_400_000 }[duration.slice(-1)] ?? 0;
  return Number(duration.slice(0, -1)) * unitMs;
}
