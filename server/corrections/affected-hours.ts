import { addHours } from "#domain/hour.ts";
import type { HourKey } from "#server/verdicts/index.ts";

export interface AffectedHours {
  /** The newest, up to previewedHours. */
  keys: HourKey[];
  count: number;
  eventTypeIds: number[];
  /** All hours lie within; `to` excluded. */
  from: Date;
  to: Date;
}

export const previewedHours = 100;

export function toAffected(rows: readonly HourKey[]): AffectedHours {
  return {
    keys: rows.slice(0, previewedHours),
    count: rows.length,
    eventTypeIds: [...new Set(rows.map(({ eventTypeId }) => eventTypeId))],
    from: rows.at(-1)?.hour ?? new Date(0),
    to: addHours(rows[0]?.hour ?? new Date(0), 1),
  };
}
