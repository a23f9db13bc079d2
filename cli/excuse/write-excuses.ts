import { alignColumns } from "#domain/align-columns.ts";
import type { SloExcuseJson, SloExcusePreviewJson, SloExcuseSuggestionJson } from "#domain/api/slo.ts";
import { changedShares, excuseTitle, previewSentence, restatedMonths, typesText } from "#domain/slo.ts";

/** One line per excuse, in columns. */
export function writeExcuses(excuses: readonly SloExcuseJson[]): string[] {
  if (excuses.length === 0) return ["No excuses."];
  const rows = excuses.map(({ id, state, scope, from, to, createdBy, approvedBy, reason }) => [
    id,
    state,
    scope,
    from,
    to,
    createdBy,
    approvedBy ?? "–",
    reason.replaceAll(/\s+/g, " "),
  ]);
  return alignColumns([["ID", "STATE", "SCOPE", "FROM", "TO", "BY", "APPROVED BY", "REASON"], ...rows]);
}

export function writeExcuse(excuse: SloExcuseJson): string[] {
  const { id, state } = excuse;
  if (state === "pending")
    return [
      `Excuse ${id} of ${excuseTitle(excuse)} waits for approval: its hours count until then.`,
      `Another person approves it with: npx tidemark excuse approve ${id}`,
    ];
  return [
    `Excuse ${id} of ${excuseTitle(excuse)} is in force. The figures follow within seconds.`,
    `Revoke it with: npx tidemark excuse revoke ${id} --reason …`,
  ];
}

export function writePreview(preview: SloExcusePreviewJson): string[] {
  const restated = restatedMonths(preview);
  const hours = preview.hours.map(({ eventType, hour, late, incomplete }) => [
    eventType,
    hour,
    [late && "late", incomplete && "incomplete"].filter((word) => word !== false).join(", "),
  ]);
  return [
    previewSentence(preview),
    ...changedShares(preview).map((change) => `  ${change}`),
    ...(restated ? [restated] : []),
    ...(hours.length > 0 ? alignColumns([["TYPE", "HOUR", "STATE"], ...hours]) : []),
    ...(preview.needsApproval ? ["The hours count until another person approves the excuse."] : []),
    "Nothing was changed.",
  ];
}

export function writeSuggestions(suggestions: readonly SloExcuseSuggestionJson[]): string[] {
  if (suggestions.length === 0) return ["No late or incomplete hours within a silence."];
  const rows = suggestions.map(({ from, to, eventTypes, lateHours, incompleteHours, reason }) => [
    from,
    to,
    typesText(eventTypes),
    String(lateHours),
    String(incompleteHours),
    reason.replaceAll(/\s+/g, " "),
  ]);
  return alignColumns([["FROM", "TO", "TYPES", "LATE", "INCOMPLETE", "REASON"], ...rows]);
}
