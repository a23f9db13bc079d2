import { alignColumns } from "#domain/align-columns.ts";
import type { AuditEntryJson } from "#domain/api/audit.ts";

/** One line per entry, in columns, the newest first. */
export function writeEntries({ items }: { items: readonly AuditEntryJson[] }): string[] {
  if (items.length === 0) return ["No entries match."];
  const rows = items.map(({ at, actor, act, name, door, address, reason, before, after }) => [
    at.slice(0, 19).replace("T", " "),
    actor,
    act,
    name,
    address === null ? door : `${door} ${address}`,
    reason ?? changesOf(before, after),
  ]);
  return alignColumns([["AT (UTC)", "ACTOR", "ACT", "NAME", "FROM", "WHY OR WHAT"], ...rows]);
}

type Side = AuditEntryJson["before"];

/** `field: before → after`, of as many fields as fit a line. */
function changesOf(before: Side, after: Side): string {
  const fields = [...new Set([...Object.keys(before ?? {}), ...Object.keys(after ?? {})])];
  const texts = fields.map((field) => {
    const [was, is] = [before?.[field], after?.[field]].map((value) =>
      value === undefined ? null : JSON.stringify(value),
    );
    if (was == null) return `${field}: ${is}`;
    return is == null ? `${field}: ${was} removed` : `${field}: ${was} → ${is}`;
  });
  const text = texts.join(", ");
  return text.length > 120 ? `${text.slice(0, 119)}…` : text || "-";
}
