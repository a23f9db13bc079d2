import type { Severity } from "#domain/alert-rule.ts";
import type { IncidentState } from "#domain/incident.ts";
import { CliError } from "../cli-error.ts";

export interface ListOptions {
  all: boolean;
  search?: string;
  datacenter?: string;
  type?: string;
  severity?: Severity;
  state?: IncidentState;
  from?: string;
  to?: string;
}

/** The API's query: open ones, unless other states are asked for. */
export function listQuery({ all, search, type, state, datacenter, severity, from, to }: ListOptions) {
  const states = state ?? (all ? undefined : "open,acknowledged");
  return {
    ...(states !== undefined && { state: states }),
    ...(search !== undefined && { q: search }),
    ...(type !== undefined && { eventType: type }),
    ...(datacenter !== undefined && { datacenter }),
    ...(severity !== undefined && { severity }),
    ...(from !== undefined && { from }),
    ...(to !== undefined && { to }),
  };
}

/** The instant that a snooze ends at, by the product's own clock. */
export function snoozeEnd({ for: seconds, until }: { for?: number; until?: string }, now: string): string {
  if ((seconds === undefined) === (until === undefined)) throw new CliError("Give either --for or --until.");
  if (until !== undefined) return until;
  return `${new Date(Date.parse(now) + (seconds ?? 0) * 1_000).toISOString().slice(0, 19)}Z`;
}
