import type { reasonCodes } from "./api/verdict.ts";
import { formatElapsed } from "./duration.ts";
import { formatCount, formatShare } from "./figures.ts";
import { momentOf, withoutToday } from "./moment.ts";
import { finalStates } from "./revision.ts";
import type { VerdictState } from "./verdict.ts";

/** A datacenter that has sent nothing for longer is silent: it holds the hour up by itself. */
export const silentAfterSeconds = 900;
/** Telemetry older than this may hide the hour's real state. */
export const staleAfterSeconds = 300;

export interface Reason {
  code: (typeof reasonCodes)[number];
  datacenter?: string;
  message: string;
  reporters?: { name: string; usualShare: number | null }[];
}

/** Expected in the hour, and has not reported produced counts. */
export interface MissingReporter {
  name: string;
  /** Its share of the datacenter's produced in the 24 hours before, 0 to 1; null: nothing was produced. */
  usualShare: number | null;
}

type Count = bigint | number;

/** A datacenter's evidence, freshly judged or as stored. */
export interface EvidenceInQuestion {
  name: string;
  closed: boolean;
  watermark: Date | null;
  known: boolean;
  produced: Count | null;
  lost: Count;
  duplicated: Count;
  reportersExpected?: number | null;
  reportersMissing?: number | null;
}

export interface HourInQuestion {
  state: VerdictState;
  endsAt: Date;
  datacenters: readonly EvidenceInQuestion[];
  now: Date;
  /** Datacenter → the time of its last message; absent or null: never. */
  lastSeenAt: ReadonlyMap<string, Date | null>;
  /** Now minus the last ingest; null before the first message. */
  telemetryAgeSeconds: number | null;
  /** Datacenter → its missing reporters, as far as their names are known. */
  missingReporters?: ReadonlyMap<string, readonly MissingReporter[]>;
}

/**
 * Why an ended hour is not complete: first what keeps it from closing, then what is missing, largest first. Built on
 * read: the sentences depend on the moment.
 */
export function reasonsOf(hour: HourInQuestion): Reason[] {
  const troubled = hour.state !== "open" && hour.state !== "complete" && hour.now >= hour.endsAt;
  return [...(troubled ? troubles(hour) : []), ...staleTelemetry(hour)];
}

function troubles(hour: HourInQuestion): Reason[] {
  const { datacenters } = hour;
  if (datacenters.length === 0) return [nobodyExpected];
  return [
    ...datacenters.filter((dc) => !dc.closed).map((dc) => notClosed(dc, hour)),
    ...datacenters.filter(isMissingReporters).map((dc) => reportersMissing(dc, hour)),
    ...datacenters.filter((dc) => !dc.known && !isMissingReporters(dc)).map(countsMissing),
    // Before closing, what is not delivered is late and not lost.
    ...worstFirst(datacenters, "lost").map(lostEvents),
    ...worstFirst(datacenters, "duplicated").map(duplicateEvents),
  ];
}

const nobodyExpected: Reason = {
  code: "datacenter_open",
  message: "No datacenter is expected for this hour, so it cannot close. Claim one that is active in the hour.",
};

function notClosed(dc: EvidenceInQuestion, hour: HourInQuestion): Reason {
  const { name, watermark } = dc;
  const heardAt = hour.lastSeenAt.get(name) ?? null;
  if (!heardAt) {
    const message = `${name} has not sent any message yet. Check that its reporters run and reach Tidemark.`;
    return { code: "datacenter_silent", datacenter: name, message };
  }
  if (secondsBetween(heardAt, hour.now) > silentAfterSeconds) {
    const message = `${name} has sent nothing since ${withoutToday(momentOf(heardAt), hour.now)}.`;
    return { code: "datacenter_silent", datacenter: name, message };
  }
  return {
    code: "datacenter_open",
    datacenter: name,
    message: `${name} has not closed the hour: ${standing(watermark, hour)}.`,
  };
}

function standing(watermark: Date | null, { endsAt, now }: HourInQuestion): string {
  if (!watermark) return "it has reported no watermark for this event type yet";
  const behind = formatElapsed(secondsBetween(watermark, endsAt));
  return `its watermark is at ${withoutToday(momentOf(watermark), now)}, ${behind} before the hour's end`;
}

function countsMissing({ name }: EvidenceInQuestion): Reason {
  const message = `${name} has reported no produced counts, so its losses are unknown.`;
  return { code: "counts_missing", datacenter: name, message };
}

function isMissingReporters({ reportersMissing }: EvidenceInQuestion): boolean {
  return (reportersMissing ?? 0) > 0;
}

/** How many the sentence names. */
const mostInSentence = 3;

function reportersMissing(dc: EvidenceInQuestion, { missingReporters }: HourInQuestion): Reason {
  const count = dc.reportersMissing ?? 0;
  const named = missingReporters?.get(dc.name) ?? [];
  const listed = named.slice(0, mostInSentence).map(({ name, usualShare }) => {
    return usualShare === null ? name : `${name} (usually ${formatShare(usualShare, 1)} of its produced events)`;
  });
  const others = count - listed.length;
  const who =
    listed.length === 0 ? "" : `: ${listed.join(", ")}${others > 0 ? ` and ${formatCount(others)} more` : ""}`;
  const message = `${dc.name} is missing produced counts from ${formatCount(count)} of ${formatCount(dc.reportersExpected ?? 0)} expected reporters${who}. Its losses are unknown until they arrive.`;
  const reporters = named.map(({ name, usualShare }) => ({ name, usualShare }));
  return { code: "reporters_missing", datacenter: dc.name, message, ...(named.length > 0 ? { reporters } : {}) };
}

function lostEvents({ name, produced, lost }: EvidenceInQuestion): Reason {
  return { code: "lost_events", datacenter: name, message: `${name} lost ${ofProduced(lost, produced ?? 0)}.` };
}

function duplicateEvents({ name, produced, duplicated }: EvidenceInQuestion): Reason {
  const message = Number(produced ?? 0)
    ? `${name} duplicated ${ofProduced(duplicated, produced ?? 0)}.`
    : `${name} delivered ${formatCount(duplicated)} events and produced none.`;
  return { code: "duplicate_events", datacenter: name, message };
}

function ofProduced(part: Count, produced: Count): string {
  return `${formatCount(part)} of ${formatCount(produced)} events (${formatShare(part, produced)})`;
}

function worstFirst(datacenters: readonly EvidenceInQuestion[], figure: "lost" | "duplicated"): EvidenceInQuestion[] {
  return datacenters
    .filter((dc) => dc.known && dc.closed && Number(dc[figure]) > 0)
    .sort((a, b) => Number(b[figure]) - Number(a[figure]));
}

function staleTelemetry({ state, telemetryAgeSeconds }: HourInQuestion): Reason[] {
  if (finalStates.has(state)) return [];
  if (telemetryAgeSeconds === null) {
    return [
      { code: "telemetry_stale", message: "Tidemark has received nothing yet, so nothing is known about this hour." },
    ];
  }
  if (telemetryAgeSeconds <= staleAfterSeconds) return [];
  const message = `Tidemark has received nothing for ${formatElapsed(telemetryAgeSeconds)}. The hour may be further along than shown.`;
  return [{ code: "telemetry_stale", message }];
}

function secondsBetween(from: Date, to: Date): number {
  return (to.getTime() - from.getTime()) / 1000;
}
