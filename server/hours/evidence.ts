import type { DatacenterEvidence } from "#domain/verdict.ts";

/** `[name, closedAtMs, watermarkMs, known, produced, published, delivered]`: a tuple, for millions of hours keep one each. */
type EvidenceTuple = [string, number | null, number | null, 0 | 1, StoredCount | null, StoredCount | null, StoredCount];

/** A number while JSON keeps it exactly, else its digits. */
type StoredCount = number | string;

/** What `verdict.evidence` and `verdict_revision.evidence` hold: one entry per expected datacenter. */
export function encodeEvidence(datacenters: readonly DatacenterEvidence[]): string {
  return JSON.stringify(
    datacenters.map(
      (datacenter): EvidenceTuple => [
        datacenter.name,
        datacenter.closedAt?.getTime() ?? null,
        datacenter.watermark?.getTime() ?? null,
        datacenter.known ? 1 : 0,
        datacenter.produced === null ? null : encodeCount(datacenter.produced),
        datacenter.published === null ? null : encodeCount(datacenter.published),
        encodeCount(datacenter.delivered),
      ],
    ),
  );
}

/** Reads what encodeEvidence wrote, as the driver hands a jsonb column over. Losses are derived, never stored. */
export function decodeEvidence(stored: unknown): DatacenterEvidence[] {
  if (!Array.isArray(stored)) throw new Error(`Evidence is an array, not ${JSON.stringify(stored)}.`);
  return (stored as EvidenceTuple[]).map(([name, closedAtMs, watermarkMs, known, producedCount, published, last]) => {
    const produced = decodeCount(producedCount);
    const delivered = BigInt(last);
    // An unknown produced count is never zero: nothing is lost or duplicated against it.
    const surplus = produced === null ? 0n : delivered - produced;
    return {
      name,
      closed: closedAtMs !== null,
      closedAt: decodeInstant(closedAtMs),
      watermark: decodeInstant(watermarkMs),
      known: known === 1,
      produced,
      published: decodeCount(published),
      delivered,
      lost: surplus < 0n ? -surplus : 0n,
      duplicated: surplus > 0n ? surplus : 0n,
    };
  });
}

/** The names of those that have not closed the hour, without reading the rest. */
export function namesNotClosed(stored: unknown): string[] {
  return (stored as EvidenceTuple[]).flatMap(([name, closedAtMs]) => (closedAtMs === null ? name : []));
}

function encodeCount(count: bigint): StoredCount {
  return count <= BigInt(Number.MAX_SAFE_INTEGER) ? Number(count) : String(count);
}

function decodeCount(count: StoredCount | null): bigint | null {
  return count === null ? null : BigInt(count);
}

function decodeInstant(ms: number | null): Date | null {
  return ms === null ? null : new Date(ms);
}
