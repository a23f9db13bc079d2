import type { SituationJson } from "#domain/api/situation.ts";

export interface RecoveryOf {
  phase: SituationJson["phase"];
  recovery: { p50At: string; p90At: string } | null;
}

/** When the last of several incidents is expected to have recovered; null unless all of them recover and have a recovery. */
export function latestRecovery(incidents: readonly RecoveryOf[]): { p50At: string; p90At: string } | null {
  const recoveries = incidents.map(({ phase, recovery }) => (phase === "recovering" ? recovery : null));
  const known = recoveries.filter((recovery) => recovery !== null);
  if (known.length === 0 || known.length < recoveries.length) return null;
  const latest = (instants: readonly string[]) =>
    instants.toSorted((a, b) => Date.parse(a) - Date.parse(b)).at(-1) ?? "";
  return { p50At: latest(known.map(({ p50At }) => p50At)), p90At: latest(known.map(({ p90At }) => p90At)) };
}
