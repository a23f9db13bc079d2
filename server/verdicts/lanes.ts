import { byName, type DatacenterEvidence, lossOf } from "#domain/verdict.ts";

/** A lane as JSON: in `verdict_revision.lanes`, and as built by `lanesOf` from rows of verdict_lane. */
interface StoredLane {
  name: string;
  closedAt: StoredInstant | null;
  watermark: StoredInstant | null;
  known: boolean;
  produced: StoredCount | null;
  published: StoredCount | null;
  delivered: StoredCount;
  /** Absent in revisions older than this field. */
  reportersExpected?: number | null;
  reportersMissing?: number | null;
}

/** A number while JSON keeps it exact, else its digits. */
type StoredCount = number | string;

/** RFC 3339 in storage, milliseconds in results: formatting instants costs more than everything else. */
type StoredInstant = number | string;

/** SQL for the lanes of the verdict with that alias, for parseLanes. For few verdicts only: for many, join the table. */
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
export function encodeLanes(datacenters: readonly DatacenterEvidence[]): StoredLane[] {
  return datacenters.map(
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
  );
}

/** Parses the output of encodeLanes or lanesOf, as JSON from the driver; in order of names. */
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
  // Seconds times a thousand have rounding errors.
  return new Date(typeof instant === "number" ? Math.round(instant) : instant);
}
