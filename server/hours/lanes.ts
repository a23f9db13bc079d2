import { byName, type DatacenterEvidence, lossOf } from "#domain/verdict.ts";

/** A lane as JSON: what `verdict_revision.lanes` lists, and what `lanesOf` makes of rows of verdict_lane. */
interface StoredLane {
  name: string;
  closedAt: string | null;
  watermark: string | null;
  known: boolean;
  produced: StoredCount | null;
  published: StoredCount | null;
  delivered: StoredCount;
}

/** A number while JSON keeps it exactly, or its digits. */
type StoredCount = number | string;

/** The lanes of the verdict by that name in a statement, as parseLanes reads them. For few verdicts: whoever reads many joins the table. */
export function lanesOf(verdict: string): string {
  return `(SELECT coalesce(json_agg(json_build_object(
             'name', l.datacenter, 'closedAt', l.closed_at, 'watermark', l.watermark, 'known', l.known,
             'produced', l.produced::text, 'published', l.published::text, 'delivered', l.delivered::text)), '[]')
             FROM lane_figures l WHERE l.event_type_id = ${verdict}.event_type_id AND l.hour = ${verdict}.hour)`;
}

/** For `verdict_revision.lanes`. */
export function encodeLanes(datacenters: readonly DatacenterEvidence[]): string {
  return JSON.stringify(
    datacenters.map(
      ({ name, closedAt, watermark, known, produced, published, delivered }): StoredLane => ({
        name,
        closedAt: closedAt?.toISOString() ?? null,
        watermark: watermark?.toISOString() ?? null,
        known,
        produced: produced === null ? null : encodeCount(produced),
        published: published === null ? null : encodeCount(published),
        delivered: encodeCount(delivered),
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
    ...lossOf(produced, delivered),
  };
}

function encodeCount(count: bigint): StoredCount {
  return count <= BigInt(Number.MAX_SAFE_INTEGER) ? Number(count) : String(count);
}

function parseCount(count: StoredCount | null): bigint | null {
  return count === null ? null : BigInt(count);
}

function parseTime(text: string | null): Date | null {
  return text === null ? null : new Date(text);
}
