import type { AuditEntryJson } from "#domain/api/audit.ts";
import type { AuditAct } from "#domain/audit/acts.ts";
import { formatInstant } from "#domain/instant.ts";
import type { Nouns } from "#server/db/database.ts";
import type { AuditEntry, Prisma } from "#server/db/generated/client.ts";

/** Absent: any. */
export interface EntryFilter {
  readonly actor?: string | undefined;
  readonly act?: AuditAct | undefined;
  readonly kind?: string | undefined;
  readonly name?: string | undefined;
  readonly address?: string | undefined;
  /** Included. */
  readonly from?: Date | undefined;
  /** Excluded. */
  readonly to?: Date | undefined;
}

/** The newest first; `before`: those with lower ids. The caller has checked who asks. */
export async function listEntries(
  { prisma }: Nouns,
  { before, limit, filter }: { before: bigint | null; limit: number; filter: EntryFilter },
): Promise<AuditEntryJson[]> {
  const { from, to, ...same } = filter;
  const where: Prisma.AuditEntryWhereInput = {
    ...Object.fromEntries(Object.entries(same).filter(([, value]) => value !== undefined)),
    ...(from || to ? { at: { ...(from ? { gte: from } : {}), ...(to ? { lt: to } : {}) } } : {}),
    ...(before === null ? {} : { id: { lt: before } }),
  };
  return (await prisma.auditEntry.findMany({ where, orderBy: { id: "desc" }, take: limit })).map(toEntryJson);
}

export function toEntryJson({ id, at, ...row }: AuditEntry): AuditEntryJson {
  return { ...row, id: String(id), at: formatInstant(at) } as AuditEntryJson;
}
