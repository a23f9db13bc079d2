import { dayIn, oneIn, type PageSearch, searchOf, textIn } from "#components/ui/page-search.ts";
import { severities } from "#domain/alert/severity.ts";
import { incidentStates } from "#domain/incident.ts";

/** What a search over incidents asks for; "" is left out. */
export type IncidentFilters = ReturnType<typeof readFilters>;

/** Those of a page's URL; what cannot be asked for is left out. */
export function readFilters(search: PageSearch) {
  return {
    q: textIn(search, "q", 200),
    datacenter: textIn(search, "datacenter", 255),
    eventType: textIn(search, "eventType", 255),
    severity: oneIn(search, "severity", severities),
    state: oneIn(search, "state", incidentStates),
    from: dayIn(search, "from"),
    /** Included. */
    to: dayIn(search, "to"),
  };
}

/** A page's search with them, and with more. */
export function filterSearch(filters: IncidentFilters, more: Record<string, string> = {}): string {
  return searchOf({ ...filters, ...more });
}

/** The instants that the days are: from the first one's start to the last one's end. */
export function spanOf({ from, to }: Pick<IncidentFilters, "from" | "to">): { from?: Date; to?: Date } {
  return {
    ...(from !== "" && { from: new Date(`${from}T00:00:00Z`) }),
    ...(to !== "" && { to: new Date(Date.parse(`${to}T00:00:00Z`) + 86_400_000) }),
  };
}
