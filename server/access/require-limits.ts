import type { Fault } from "#domain/fault.ts";
import { matchesGlob } from "#domain/glob.ts";
import type { Context, IngestLimits } from "./context.ts";
import { OutsideLimits } from "./errors.ts";

/** Whose facts or verdicts a call changes; null: all, absent: none. */
export interface Concerned {
  datacenter?: string | null;
  eventType?: string | null;
}

/** Throws OutsideLimits if the context's token has limits and any of these is outside. */
export function requireLimits(ctx: Context, ...concerned: Concerned[]): void {
  const { ingestLimits } = ctx;
  if (!ingestLimits) return;
  const details = new Set(concerned.flatMap((each) => sayOutside(each, ingestLimits)));
  if (details.size === 0) return;
  const faults = [...details].map((detail): Fault => ({ pointer: "", detail }));
  throw new OutsideLimits("Nothing was changed. The token's limits exclude part of the request.", faults);
}

function sayOutside({ datacenter, eventType }: Concerned, { datacenters, eventTypes }: IngestLimits): string[] {
  return [
    ...(datacenter === undefined || isNamed(datacenter, datacenters)
      ? []
      : [sayLimit(datacenter, "datacenter", datacenters)]),
    ...(eventType === undefined || isNamed(eventType, eventTypes)
      ? []
      : [sayLimit(eventType, "event type", eventTypes)]),
  ];
}

/** null (all) exceeds any limit. */
export function isNamed(name: string | null, patterns: readonly string[]): boolean {
  return patterns.length === 0 || (name !== null && patterns.some((pattern) => matchesGlob(pattern, name)));
}

function sayLimit(name: string | null, noun: string, patterns: readonly string[]): string {
  const named = name === null ? `Every ${noun}` : JSON.stringify(name);
  return `${named} is outside the token's ${noun}s: ${listPatterns(patterns)}.`;
}

export function listPatterns(patterns: readonly string[]): string {
  return patterns.length > 5
    ? `${patterns.slice(0, 5).join(", ")} and ${patterns.length - 5} more`
    : patterns.join(", ");
}
