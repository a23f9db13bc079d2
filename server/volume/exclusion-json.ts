import type { VolumeExclusionJson } from "#domain/api/volume.ts";
import { formatInstant } from "#domain/instant.ts";

export interface ExclusionRow {
  id: string;
  eventType: string | null;
  datacenter: string | null;
  from: Date;
  to: Date;
  reason: string;
  createdAt: Date;
  createdBy: string;
  removedAt: Date | null;
  removedBy: string | null;
  removedBecause: string | null;
}

export const exclusionColumns = `
  x.id, t.name AS "eventType", d.name AS datacenter, x.from_at AS "from", x.to_at AS "to", x.reason,
  x.created_at AS "createdAt", x.created_by AS "createdBy", x.removed_at AS "removedAt", x.removed_by AS "removedBy",
  x.removed_because AS "removedBecause"`;

export function toExclusionJson(row: ExclusionRow): VolumeExclusionJson {
  return {
    ...row,
    from: formatInstant(row.from),
    to: formatInstant(row.to),
    createdAt: formatInstant(row.createdAt),
    removedAt: row.removedAt && formatInstant(row.removedAt),
  };
}
