import type { reasonCodes } from "./api/verdict.ts";
import { formatElapsed } from "./duration.ts";
import { formatCount, formatShare } from "./figures.ts";
import { finalStates } from "./revision.ts";
import type { VerdictState } from "./verdict.ts";

/** A datacenter that is not heard for longer is silent: it holds the hour up by itself. */
export const silentAfterSeconds = 900;
/** Telemetry older than this may hide what has become of the hour. */
export const staleAfterSeconds = 300;

export interface Reason {
  code: (typeof reasonCodes)[number];
  datacenter?: string;
  message: string;
}

type Count = bigint | number;

/** A datacenter's evidence, of a judgement or as it was stored. */
export interface EvidenceInQuestion {
  name: string;
  closed: boolean;
  watermark: Date | null;
  known: boolean;
  produced: Count | null;
  lost: Count;
  duplicated: Count;
}

export interface HourInQuestion {
  state: VerdictState;
  endsAt: Date;
  datacenters: readonly EvidenceInQuestion[];
  now: Date;
  /** Datacenter → when it was last heard of anything; absent or null: never. */
  lastSeenAt: ReadonlyMap<string, Date | null>;
  /** Now minus the last ingest; null before the first message. */
  telemetryAgeSeconds: number | null;
}

/**
 * Why an ended hour is not complete, first what keeps it from closing, then what is missing, the largest first. Made
 * when it is read: the sentences depend on the moment.
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
    ...datacenters.filter((dc) => !dc.known).map(countsMissing),
    // Before its closing, what is not delivered is late and not lost.
    ...worstFirst(datacenters, "lost").map(lostEvents),
    ...worstFirst(datacenters, "duplicated").map(duplicateEvents),
  ];
}

const nobodyExpected: Reason = {
  code: "datacenter_open",
  message: "No datacenter is expected for this hour, so nothing can close it. Claim one that is active in the hour.",
};

function notClosed(dc: EvidenceInQuestion, hour: HourInQuestion): Reason {
  const { name, watermark } = dc;
  const heardAt = hour.lastSeenAt.get(name) ?? null;
  if (!heardAt) {
    const message = `${name} has never sent anything. Check that its reporters run and reach Tidemark.`;
    return { code: "datacenter_silent", datacenter: name, message };
  }
  if (secondsBetween(heardAt, hour.now) > silentAfterSeconds) {
    const message = `${name} has sent nothing since ${formatMoment(heardAt, hour.now)}.`;
    return { code: "datacenter_silent", datacenter: name, message };
  }
  return {
    code: "datacenter_open",
    datacenter: name,
    message: `${name} has not closed the hour: ${standing(watermark, hour)}.`,
  };
}

function standing(watermark: Date | null, { endsAt, now }: HourInQuestion): string {
  if (!watermark) return "it has sent no watermark for this event type yet";
  const behind = formatElapsed(secondsBetween(watermark, endsAt));
  return `its watermark stands at ${formatMoment(watermark, now)}, ${behind} before the hour's end`;
}

function countsMissing({ name }: EvidenceInQuestion): Reason {
  const message = `${name} has not reported how much it produced, so what it lost is unknown.`;
  return { code: "counts_missing", datacenter: name, message };
}

function lostEvents({ name, produced, lost }: EvidenceInQuestion): Reason {
  return { code: "lost_events", datacenter: name, message: `${name} lost ${ofProduced(lost, produced ?? 0)}.` };
}

function duplicateEvents({ name, produced, duplicated }: EvidenceInQuestion): Reason {
  const message = Number(produced ?? 0)
    ? `${name} duplicated ${ofProduced(duplicated, produced ?? 0)}.`
    : `${name} delivered ${formatCount(duplicated)} events but produced none.`;
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
      { code: "telemetry_stale", message: "Tidemark has received nothing yet, so nothing is known of this hour." },
    ];
  }
  if (telemetryAgeSeconds <= staleAfterSeconds) return [];
  const message = `Tidemark has received nothing for ${formatElapsed(telemetryAgeSeconds)}: the hour may be further than it seems.`;
  return [{ code: "telemetry_stale", message }];
}

/** `13:04 UTC`, with its day where that is not today: `2026-11-21 13:04 UTC`. */
function formatMoment(instant: Date, now: Date): string {
  const [day = "", time = ""] = instant.toISOString().split("T");
  const today = now.toISOString().startsWith(day);
  return `${today ? "" : `${day} `}${time.slice(0, 5)} UTC`;
}

function secondsBetween(from: Date, to: Date): number {
  return (to.getTime() - from.getTime()) / 1000;
}
