import { dayIn, hrefOf, oneIn, type PageSearch, searchOf, textIn } from "#components/ui/page-search.ts";
import { auditActs, kindOfAct } from "#domain/audit/acts.ts";

export type AuditPlace = ReturnType<typeof readAuditPlace>;
/** What the page shows of the log; "" is left out. */
export type AuditFilter = AuditPlace["filter"];

export const auditKinds: readonly string[] = [...new Set(auditActs.map(kindOfAct))];

const dayMs = 86_400_000;

/** A page's URL as a place in the log; what cannot be asked for is left out. */
export function readAuditPlace(search: PageSearch) {
  return {
    filter: {
      actor: textIn(search, "actor"),
      act: oneIn(search, "act", auditActs),
      kind: oneIn(search, "kind", auditKinds),
      name: textIn(search, "name"),
      from: dayIn(search, "from"),
      /** Included. */
      to: dayIn(search, "to"),
      address: textIn(search, "address"),
    },
    /** Of an older page; null: the newest entries. */
    cursor: textIn(search, "cursor") || null,
  };
}

/** The page's URL for a place. */
export function auditHref(filter: AuditFilter, cursor: string | null = null): string {
  return hrefOf("/audit", { ...filter, cursor });
}

/** The API's query for a place: the days as instants, from the first one's start to the last one's end. */
export function auditSearch({ filter, cursor }: AuditPlace, more: Record<string, string>): string {
  const { from, to } = filter;
  const days = { from: from && startOf(from, 0), to: to && startOf(to, dayMs) };
  return searchOf({ ...filter, ...days, cursor, ...more });
}

function startOf(day: string, laterMs: number): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + laterMs).toISOString();
}
