import { formatCount, formatCountOf } from "#components/ui/number-format.ts";
import type { BoardIncidentJson } from "#domain/api/board.ts";

const named = 3;

/** "sjc, delivered"; "lon, ash, sjc and 2 more". */
export function placeWords({ datacenters, stage }: Pick<BoardIncidentJson, "datacenters" | "stage">): string {
  const places = datacenters.length === 0 ? "no single datacenter" : listed(datacenters, datacenters.length, ", ");
  return stage === null ? places : `${places}; stage ${stage}`;
}

/** "5: royalties, reports, search and 2 more". */
export function consumerWords({
  consumers,
  consumerCount,
}: Pick<BoardIncidentJson, "consumers" | "consumerCount">): string {
  if (consumerCount === 0) return "none known";
  if (consumerCount === 1) return `1: ${consumers.join("")}`;
  return `${formatCount(consumerCount)}: ${listed(consumers, consumerCount, ", ")}`;
}

/** Where its expected end has moved to since it was first expected. */
export function trendClause(trend: NonNullable<BoardIncidentJson["recovery"]>["trend"]): string {
  switch (trend) {
    case "sooner":
      return ", sooner than expected before";
    case "later":
      return ", later than expected before";
    case "steady":
      return "";
  }
}

/** The reason in a word or two, such as "mute time"; the sentence has it in full. */
export function mutedWord(reason: NonNullable<BoardIncidentJson["muted"]>["reason"]): string {
  return reason.replace("-", " ");
}

/** The datacenter of the incident that is furthest behind: its lag is drawn. null: none of them has a watermark. */
export function furthestBehind<Place extends { name: string; lagSeconds: number | null }>(
  datacenters: readonly Place[],
  { datacenters: names }: Pick<BoardIncidentJson, "datacenters">,
): Place | null {
  const own = datacenters.filter(({ name, lagSeconds }) => names.includes(name) && lagSeconds !== null);
  return own.reduce<Place | null>(
    (worst, each) => ((worst?.lagSeconds ?? -1) >= (each.lagSeconds ?? 0) ? worst : each),
    null,
  );
}

function listed(names: readonly string[], total: number, comma: string): string {
  const shown = names.slice(0, total > named + 1 ? named : total);
  const others = total - shown.length;
  return others > 0 ? `${shown.join(comma)} and ${formatCountOf(others, "other")}` : shown.join(comma);
}
