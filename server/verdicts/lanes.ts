import { byName, type DatacenterEvidence, lossOf } from "#domain/verdict.ts";

/** A lane as JSON: what `verdict_revision.lanes` lists, and what `lanesOf` makes of rows of verdict_lane. */
interface StoredLane {
  name: string;
  closedAt: StoredInstant | null;
  watermark: StoredInstant | null;
  known: boolean;
  produced: StoredCount | null;
  published: StoredCount | null;
  delivered: StoredCount;
  /** Absent where a revision is older than them. */
  reportersExpected?: number | null;
  reportersMissing?: number | null;
}

/** A number while JSON keeps it exactly, or its digits. */
type StoredCount = number | string;

/** By RFC 3339 where it is kept, in milliseconds where it is handed over: writing instants out costs more than all the rest. */
type StoredInstant = number | string;

/** The lanes of the verdict by that name in a statement, as parseLanes reads them. For few verdicts: whoever reads many joins the table. */
export function lanesOf(verdict: string): string {
  return `(SELECT coalesce(json_agg(lane), '[]')
             FROM (SELECT l.datacenter AS name, date_part('epoch', l.closed_at) * 1000 AS "closedAt",
                          date_part('epoch', l.watermark) * 1000 AS watermark, l.known,
                          l.produced::text AS produced, l.published::text AS published, l.delivered::text AS delivered,
                          l.reporters_expected AS "reportersExpected", l.reporters_missing AS "reportersMissing"
                     FROM lane_figures l
                    WHERE l.event_type_id = ${verdict}.event_type_id AND l.hour = ${verdict}.hour) lane)`;
}

/** For `verdict_revision.lanes`. */
export function encodeLanes(datacenters: readonly DatacenterEvidence[]): string {
  return JSON.stringify(
    datacenters.map(
      ({ name, closedAt, watermark, known, produced, published, delivered, ...reporters }): StoredLane => ({
        name,
        closedAt: closedAt?.toISOString() ?? null,
        watermark: watermark?.toISOString() ?? null,
        known,
        produced: produced === null ? null : encodeCount(produced),
        published: published === null ? null : encodeCount(published),
        delivered: encodeCount(delivered),
        ...(reporters.reportersExpected === null
          ? {}
          : { reportersExpected: reporters.reportersExpected, reportersMissing: reporters.reportersMissing }),
      }),
    ),
  );
}

/** Reads what encodeLanes wrote or lanesOf answers, as the driver hands JSON over: in the order of names. */
export function parseLanes(stored: unknown): DatacenterEvidence[] {
  if (!Array.isArray(stored)) throw new Error(`Lanes are an array, not ${JSON.stringify(stored)}.`);
  return (stored as StoredLane[]).map(parseLane).sort(byName);
}

function parseLane(lane: StoredLane): DatacenterEvidence {
  const produced = parseCount(lane.produced);
  const delivered = BigInt(lane.delivered);
  return {
    name: lane.name,
    closed: lane.closedAt !== null,
    closedAt: parseTime(lane.closedAt),
    watermark: parseTime(lane.watermark),
    known: lane.known,
    produced,
    published: parseCount(lane.published),
    delivered,
    reportersExpected: lane.reportersExpected ?? null,
    reportersMissing: lane.reportersMissing ?? null,
    ...lossOf(produced, delivered),
  };
}

function encodeCount(count: bigint): StoredCount {
  return count <= BigInt(Number.MAX_SAFE_INTEGER) ? Number(count) : String(count);
}

function parseCount(count: StoredCount | null): bigint | null {
  return count === null ? null : BigInt(count);
}

function parseTime(instant: StoredInstant | null): Date | null {
  if (instant === null) return null;
  // Seconds times a thousand are a hair off now and then.
  return new Date(typeof instant === "number" ? Math.round(instant) : instant);
}
