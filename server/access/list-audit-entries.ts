import type { AuditEntryJson } from "#domain/api/audit.ts";
import { type EntryFilter, listEntries } from "#server/audit/index.ts";
import { cutPage, type Page } from "#server/page.ts";
import { type Call, requireScope } from "./context.ts";

/** The audit log, the newest first. For administrators: it says who did what from where. */
export async function listAuditEntries({
  ctx,
  input: { before, limit, filter },
}: Call<{ before: bigint | null; limit: number; filter: EntryFilter }>): Promise<Page<AuditEntryJson, string>> {
  requireScope(ctx, "admin");
  return cutPage(await listEntries(ctx.database, { before, limit: limit + 1, filter }), limit, ({ id }) => id);
}
