import type { DatacenterEvidenceJson, RevisionJson, VerdictJson, VerdictSummaryJson } from "#domain/api/verdict.ts";
import { formatHour, hourEnd } from "#domain/hour.ts";
import { formatInstant } from "#domain/instant.ts";
import { type MissingReporter, reasonsOf } from "#domain/reasons.ts";
import { completenessOf, type DatacenterEvidence, type VerdictState } from "#domain/verdict.ts";
import { type AcceptedBy, toAcceptedJson } from "./accepted-columns.ts";

/** A verdict of one hour: stored, a revision, or just judged. */
export interface HourVerdict {
  hour: Date;
  state: VerdictState;
  revision: number;
  amended: boolean;
  closedAt: Date | null;
  deadlineAt: Date;
  known: boolean;
  produced: bigint;
  delivered: bigint;
  lost: bigint;
  duplicated: bigint;
  skewed: bigint;
  datacenters: DatacenterEvidence[];
  /** Who accepted it as is. */
  acceptedBy: AcceptedBy | null;
}

/** What reasons depend on besides the verdict. */
export interface Hearing {
  /** Datacenter → when it was last heard from. */
  lastSeenAt: ReadonlyMap<string, Date | null>;
  lastIngestAt: Date | null;
  /** By datacenter; absent: they are counted but not named. */
  missingReporters?: ReadonlyMap<string, readonly MissingReporter[]>;
}

export type Figures = Omit<HourVerdict, "datacenters">;

/** The form used in lists. `asOf` is the moment that decides "not yet". */
export function toSummary(eventType: string, verdict: Figures, asOf: Date): VerdictSummaryJson {
  return { ...toFigures(eventType, verdict, asOf), asOf: formatInstant(asOf) };
}

export function toRevision(
  eventType: string,
  verdict: Figures & { correctionId: bigint | null },
  knownAt: Date,
): RevisionJson {
  const correction = verdict.correctionId === null ? null : String(verdict.correctionId);
  return { ...toFigures(eventType, verdict, knownAt), correction, knownAt: formatInstant(knownAt) };
}

export function toVerdict(eventType: string, verdict: HourVerdict, asOf: Date, hearing: Hearing): VerdictJson {
  return {
    ...toSummary(eventType, verdict, asOf),
    datacenters: verdict.datacenters.map(toEvidence),
    reasons: reasonsOf({
      state: verdict.state,
      endsAt: hourEnd(verdict.hour),
      datacenters: verdict.datacenters,
      now: asOf,
      lastSeenAt: new Map([...hearing.lastSeenAt].map(([name, at]) => [name, notAfter(at, asOf)])),
      telemetryAgeSeconds: telemetryAgeSeconds(hearing.lastIngestAt, asOf),
      ...(hearing.missingReporters ? { missingReporters: hearing.missingReporters } : {}),
    }),
    // Only about the present, so the reader adds it.
    forecast: null,
  };
}

/** Now minus the last ingest; null before the first message. Never negative, even if this clock is behind the writer's. */
export function telemetryAgeSeconds(lastIngestAt: Date | null, now: Date): number | null {
  return lastIngestAt && Math.max(0, now.getTime() - lastIngestAt.getTime()) / 1000;
}

function toFigures(eventType: string, verdict: Figures, now: Date): Omit<VerdictSummaryJson, "asOf"> {
  const { hour, closedAt, deadlineAt } = verdict;
  const endsAt = hourEnd(hour);
  return {
    eventType,
    hour: formatHour(hour),
    state: verdict.state,
    revision: verdict.revision,
    amended: verdict.amended,
    endsAt: formatInstant(endsAt),
    deadlineAt: formatInstant(deadlineAt),
    closedAt: closedAt && formatInstant(closedAt),
    closingDelaySeconds: closedAt && (closedAt.getTime() - endsAt.getTime()) / 1000,
    deadlineMet: closedAt ? closedAt <= deadlineAt : now > deadlineAt ? false : null,
    produced: Number(verdict.produced),
    delivered: Number(verdict.delivered),
    lost: Number(verdict.lost),
    duplicated: Number(verdict.duplicated),
    skewed: Number(verdict.skewed),
    completeness: verdict.known ? completenessOf(verdict.produced, verdict.lost) : null,
    accepted: toAcceptedJson(verdict.acceptedBy),
  };
}

function toEvidence(datacenter: DatacenterEvidence): DatacenterEvidenceJson {
  const { name, closed, closedAt, watermark, known, produced, published, reportersExpected, reportersMissing } =
    datacenter;
  return {
    name,
    closed,
    closedAt: closedAt && formatInstant(closedAt),
    watermark: watermark && formatInstant(watermark),
    known,
    produced: produced === null ? null : Number(produced),
    published: published === null ? null : Number(published),
    delivered: Number(datacenter.delivered),
    lost: Number(datacenter.lost),
    duplicated: Number(datacenter.duplicated),
    ...(reportersExpected === null ? {} : { reportersExpected, reportersMissing: reportersMissing ?? 0 }),
  };
}

/** The stored instant is the latest: if it is after asOf, the datacenter was being heard at asOf. */
function notAfter(instant: Date | null, asOf: Date): Date | null {
  return instant && instant > asOf ? asOf : instant;
}
