import { formatDuration } from "#components/ui/duration.ts";
import { formatCount, formatShare } from "#components/ui/number-format.ts";
import type { SituationJson } from "#domain/api/situation.ts";

type Evidence = SituationJson["cause"]["evidence"][number];

/** What each kind of sign counts; the fact beside it says all of it. */
const labels: Readonly<Record<string, string>> = {
  silence: "silent for",
  telemetry: "nothing ingested for",
  unpublished: "produced, not published",
  unpublished_age: "oldest unpublished event",
  undelivered: "published, not delivered",
  watermark: "watermark’s speed",
  lag: "behind",
  types: "event types that fell behind",
  counted_by_source: "counted by a source",
  lost: "lost",
  duplicated: "duplicated",
  uncounted: "delivered beyond what was counted",
  skewed: "delivered into other hours",
  reporters: "reporters missing",
  counts: "hours without counts",
  volume: "produced",
};

/** A piece of evidence as one figure and what it counts; null: it has no figure. */
export function evidenceFigure({ code, figure, unit, of }: Evidence): { value: string; label: string } | null {
  if (figure === null || unit === null) return null;
  const label = labels[code] ?? code.replaceAll("_", " ");
  if (unit === "seconds") return { label, value: formatDuration(figure) };
  if (unit === "share") return { label, value: formatShare(figure) };
  const value = formatCount(figure);
  return { label, value: of ? `${value} of ${formatCount(of)}` : value };
}
