import { auditActs, kindOfAct } from "#domain/audit/acts.ts";

/** What the page shows of the log; "" is left out. */
export interface AuditFilter {
  actor: string;
  act: string;
  kind: string;
  name: string;
  /** A UTC day. */
  from: string;
  /** A UTC day, included. */
  to: string;
  address: string;
}

export interface AuditPlace {
  filter: AuditFilter;
  /** Of an older page; null: the newest entries. */
  cursor: string | null;
}

export const auditKinds: readonly string[] = [...new Set(auditActs.map(kindOfAct))];

const dayMs = 86_400_000;
const fields = ["actor", "act", "kind", "name", "from", "to", "address"] as const;

/** A page's URL as a place in the log; what cannot be asked for is left out. */
export function readAuditPlace(search: Readonly<Record<string, unknown>>): AuditPlace {
  const text = (name: string) => {
    const value = search[name];
    return typeof value === "string" ? value.trim().slice(0, 1_000) : "";
  };
  const oneOf = (name: string, known: readonly string[]) => (known.includes(text(name)) ? text(name) : "");
  const day = (name: string) => (/^\d{4}-\d\d-\d\d$/.test(text(name)) && isDay(text(name)) ? text(name) : "");
  return {
    filter: {
      actor: text("actor"),
      act: oneOf("act", auditActs),
      kind: oneOf("kind", auditKinds),
      name: text("name"),
      from: day("from"),
      to: day("to"),
      address: text("address"),
    },
    cursor: text("cursor") || null,
  };
}

export function isFiltered(filter: AuditFilter): boolean {
  return fields.some((field) => filter[field] !== "");
}

/** The page's URL for a place. */
export function auditHref(filter: AuditFilter, cursor: string | null = null): string {
  const query = searchOf({ ...filter, cursor: cursor ?? "" });
  return query === "" ? "/audit" : `/audit?${query}`;
}

/** The API's query for a place: the days as instants, from the first one's start to the last one's end. */
export function auditSearch({ filter, cursor }: AuditPlace, more: Record<string, string>): string {
  const { from, to } = filter;
  const days = { from: from && startOf(from, 0), to: to && startOf(to, dayMs) };
  return searchOf({ ...filter, ...days, cursor: cursor ?? "", ...more });
}

function searchOf(named: Record<string, string>): string {
  return new URLSearchParams(Object.entries(named).filter(([, value]) => value !== "")).toString();
}

function startOf(day: string, laterMs: number): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + laterMs).toISOString();
}

function isDay(text: string): boolean {
  const ms = Date.parse(`${text}T00:00:00Z`);
  return Number.isFinite(ms) && new Date(ms).toISOString().startsWith(text);
}
