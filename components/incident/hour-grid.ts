import type { IncidentHourJson } from "#domain/api/alerts.ts";
import { addHours, formatHour, parseHour } from "#domain/hour.ts";

/** Three days. Of longer incidents the newest hours are drawn; the hours' pages have them all. */
const mostColumns = 72;

interface HourGrid {
  /** Every hour from the first drawn to the last, so that gaps stay gaps. */
  names: string[];
  types: { eventType: string; byHour: ReadonlyMap<string, IncidentHourJson> }[];
  /** Affected hours before the first column. */
  hidden: number;
}

/** Affected hours as rows by type and columns by hour. */
export function gridOfHours(hours: readonly IncidentHourJson[]): HourGrid {
  const sorted = [...new Set(hours.map(({ hour }) => hour))].sort();
  const first = parseHour(sorted[0] ?? "");
  const last = parseHour(sorted.at(-1) ?? "");
  if (!first || !last) return { names: [], types: [], hidden: 0 };
  const columns = Math.min(mostColumns, (last.getTime() - first.getTime()) / 3_600_000 + 1);
  const names = Array.from({ length: columns }, (_, at) => formatHour(addHours(last, at + 1 - columns)));
  const from = names[0] ?? "";
  const drawn = hours.filter(({ hour }) => hour >= from);
  return {
    names,
    types: [...Map.groupBy(drawn, ({ eventType }) => eventType)]
      .sort(([a], [b]) => a.localeCompare(b))
      .map(([eventType, own]) => ({ eventType, byHour: new Map(own.map((each) => [each.hour, each])) })),
    hidden: hours.length - drawn.length,
  };
}
