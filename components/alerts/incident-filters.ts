import { severities } from "#domain/alert/severity.ts";
import { incidentStates } from "#domain/incident.ts";

/** What a search over incidents asks for; "" is left out. */
export interface IncidentFilters {
  q: string;
  datacenter: string;
  eventType: string;
  severity: string;
  state: string;
  /** A UTC day. */
  from: string;
  /** A UTC day, included. */
  to: string;
}

const none: IncidentFilters = { q: "", datacenter: "", eventType: "", severity: "", state: "", from: "", to: "" };

type Search = Readonly<Record<string, string | string[] | undefined>>;

/** Those of a page's URL; what cannot be asked for is left out. */
export function readFilters(search: Search): IncidentFilters {
  const text = (name: keyof IncidentFilters, most = 255) => {
    const value = search[name];
    return typeof value === "string" ? value.trim().slice(0, most) : "";
  };
  const oneOf = (name: keyof IncidentFilters, known: readonly string[]) =>
    known.includes(text(name)) ? text(name) : "";
  const day = (name: "from" | "to") =>
    /^\d{4}-\d\d-\d\d$/.test(text(name)) && Number.isFinite(Date.parse(text(name))) ? text(name) : "";
  return {
    q: text("q", 200),
    datacenter: text("datacenter"),
    eventType: text("eventType"),
    severity: oneOf("severity", severities),
    state: oneOf("state", incidentStates),
    from: day("from"),
    to: day("to"),
  };
}

export function isFiltered(filters: IncidentFilters): boolean {
  return Object.values(filters).some((value) => value !== "");
}

/** A page's search with them, and with more. */
export function filterSearch(filters: IncidentFilters, more: Record<string, string> = {}): string {
  const named = Object.entries({ ...none, ...filters, ...more }).filter(([, value]) => value !== "");
  return new URLSearchParams(named).toString();
}

/** The instants that the days are: from the first one's start to the last one's end. */
export function spanOf({ from, to }: Pick<IncidentFilters, "from" | "to">): { from?: Date; to?: Date } {
  return {
    ...(from !== "" && { from: new Date(`${from}T00:00:00Z`) }),
    ...(to !== "" && { to: new Date(Date.parse(`${to}T00:00:00Z`) + 86_400_000) }),
  };
}
