import type { VolumeExclusionJson } from "#domain/api/volume.ts";
import { formatInstant } from "#domain/instant.ts";
import type { VolumeExclusion } from "#server/db/generated/client.ts";

interface ExclusionRow extends VolumeExclusion {
  eventType: { name: string } | null;
  datacenter: { name: string } | null;
}

export const withNames = { eventType: { select: { name: true } }, datacenter: { select: { name: true } } } as const;

export function toExclusionJson(exclusion: ExclusionRow): VolumeExclusionJson {
  const {
    eventType,
    datacenter,
    fromAt,
    toAt,
    createdAt,
    removedAt,
    eventTypeId: _,
    datacenterId: __,
    ...row
  } = exclusion;
  return {
    ...row,
    eventType: eventType?.name ?? null,
    datacenter: datacenter?.name ?? null,
    from: formatInstant(fromAt),
    to: formatInstant(toAt),
    createdAt: formatInstant(createdAt),
    removedAt: removedAt && formatInstant(removedAt),
  };
}
