import { searchOf } from "#components/ui/page-search.ts";

/** As many components at datacenters are shown. */
export const shownRunning = 500;

/** The query, as the API takes it. */
export function runningSearch(datacenter: string | null): string {
  return searchOf({ limit: String(shownRunning), datacenter });
}
