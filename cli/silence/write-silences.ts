import { alignColumns } from "#domain/align-columns.ts";
import type { SilenceJson, SilencePreviewJson } from "#domain/api/silences.ts";
import { minute } from "../print.ts";

/** One line per silence, in columns. */
export function writeSilences(silences: readonly SilenceJson[]): string[] {
  if (silences.length === 0) return ["No silences."];
  const rows = silences.map(({ id, state, matchers, endsAt, next, createdBy, reason }) => [
    id,
    state,
    matchers.join(" "),
    minute(endsAt),
    next[0] ? `${minute(next[0].startsAt)}–${minute(next[0].endsAt)}` : "–",
    createdBy,
    reason.replaceAll(/\s+/g, " "),
  ]);
  return alignColumns([["ID", "STATE", "MATCHERS", "ENDS", "SILENCES", "BY", "REASON"], ...rows]);
}

export function writeSilence({ id, state, matchers, endsAt }: SilenceJson): string[] {
  return [
    `Silence ${id} (${matchers.join(" ")}) is ${state} and ends at ${endsAt}.`,
    `Expire it with: npx tidemark silence expire ${id}`,
  ];
}

export function writePreview({ now, lastWeek }: SilencePreviewJson): string[] {
  const firing = now.alerts.map(({ rule, severity, labels }) =>
    [
      "  ",
      severity,
      " ",
      rule,
      ...[labels.eventType, labels.datacenter].flatMap((label) => (label ? [", ", label] : [])),
    ].join(""),
  );
  return [
    `It would silence ${count(now.count, "firing alert")}.`,
    ...firing,
    `In the last 7 days it would have silenced ${count(lastWeek.count, "alert")} (${count(lastWeek.pages, "page")}) of ${count(lastWeek.incidents, "incident")}.`,
    "Nothing was changed.",
  ];
}

function count(of: number, what: string): string {
  return of === 1 ? `1 ${what}` : `${of} ${what}s`;
}
