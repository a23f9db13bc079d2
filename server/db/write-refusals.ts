import { sqlStateOf } from "./database-errors.ts";

/** Why the database stores nothing: as after a failover, or without space on its disk. */
export type WriteRefusal = "read-only" | "full";

export interface RefusedWrites {
  reason: WriteRefusal;
  /** Since the first of an unbroken series. */
  seconds: number;
}

interface Noted {
  reason: WriteRefusal;
  sinceMs: number;
  lastMs: number;
}

/** Everything that writes retries within seconds: after that long the database takes writes again, or no one tries. */
const forgetAfterMs = 15_000;
const reasons: Record<string, WriteRefusal> = { "25006": "read-only", "53100": "full" };

// Next bundles pages apart from the rest of the web process: what the process shares lives on globalThis.
const shared = globalThis as { [refusalKey]?: Noted | null };
const refusalKey = Symbol.for("tidemark.refusal");

/** Called with every error of the database. */
export function noteRefusal(error: unknown): void {
  const reason = reasons[sqlStateOf(error) ?? ""];
  if (reason === undefined) return;
  const nowMs = performance.now();
  const sinceMs = refusedWrites()?.reason === reason ? (shared[refusalKey]?.sinceMs ?? nowMs) : nowMs;
  shared[refusalKey] = { reason, sinceMs, lastMs: nowMs };
}

/** What this process's writes met lately; null: nothing, as far as it tried. */
export function refusedWrites(): RefusedWrites | null {
  const noted = shared[refusalKey];
  const nowMs = performance.now();
  if (!noted || nowMs - noted.lastMs > forgetAfterMs) return null;
  return { reason: noted.reason, seconds: Math.round((nowMs - noted.sinceMs) / 1000) };
}
