// Public API of audit: who changed what, in the act's own transaction.

export { toEntriesCsv } from "./entries-csv.ts";
export { type EntryFilter, listEntries } from "./list-entries.ts";
export { type Author, recordAct, recordActs } from "./record-acts.ts";
export { openRefusals, type Refusal } from "./refusals.ts";
export { type AuditMessage, type AuditStreamState, markSent, readStream, takeMessage } from "./stream-entries.ts";
