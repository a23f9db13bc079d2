import { isDatabaseAway } from "./database-unreachable.ts";

// Next bundles pages apart from the rest of the web process: what the process shares lives on globalThis.
const shared = globalThis as { [outageKey]?: number };
const outageKey = Symbol.for("tidemark.outage");

/** Called with every error of the database. */
export function noteOutage(error: unknown): void {
  if (isDatabaseAway(error)) shared[outageKey] = performance.now();
}

/** Whether a statement of this process found the database away at or after `sinceMs` of `performance.now()`. */
export function wasAwaySince(sinceMs: number): boolean {
  return (shared[outageKey] ?? Number.NEGATIVE_INFINITY) >= sinceMs;
}
