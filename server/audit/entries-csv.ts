import { stringify } from "csv-stringify/sync";
import type { AuditEntryJson } from "#domain/api/audit.ts";

const columns: [name: string, read: (entry: AuditEntryJson) => string | null][] = [
  ["id", ({ id }) => id],
  ["at", ({ at }) => at],
  ["actor", ({ actor }) => actor],
  ["actor_kind", ({ actorKind }) => actorKind],
  ["actor_id", ({ actorId }) => actorId],
  ["act", ({ act }) => act],
  ["name", ({ name }) => name],
  ["team", ({ team }) => team],
  ["before", ({ before }) => before && JSON.stringify(before)],
  ["after", ({ after }) => after && JSON.stringify(after)],
  ["reason", ({ reason }) => reason],
  ["door", ({ door }) => door],
  ["address", ({ address }) => address],
  ["request_id", ({ requestId }) => requestId],
];

/** One line per entry (RFC 4180), with a header. */
export function toEntriesCsv(entries: readonly AuditEntryJson[]): string {
  return stringify(
    entries.map((entry) => columns.map(([, read]) => read(entry))),
    // A spreadsheet runs cells that look like formulas, and strangers choose some of these texts.
    { header: true, columns: columns.map(([name]) => name), record_delimiter: "windows", escape_formulas: true },
  );
}
