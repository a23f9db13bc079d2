import type { SloItemJson, SloMeasureJson } from "../api/slo.ts";
import { type Measure, measures } from "../slo-measures.ts";

/** The item with its changes against the same scope's month before. A month without data is compared with nothing. */
export function withChanges(item: SloItemJson, before: SloItemJson | undefined): SloItemJson {
  const changed = measures.map((measure: Measure): [Measure, SloMeasureJson] => [
    measure,
    { ...item[measure], change: changeOf(item[measure], before?.[measure]) },
  ]);
  return { ...item, ...(Object.fromEntries(changed) as Record<Measure, SloMeasureJson>) };
}

/** Each with its changes against the one of the same scope and name. */
export function allWithChanges(items: readonly SloItemJson[], before: readonly SloItemJson[]): SloItemJson[] {
  const known = new Map(before.map((item) => [keyOf(item), item]));
  return items.map((item) => withChanges(item, known.get(keyOf(item))));
}

function keyOf({ scope, name }: SloItemJson): string {
  return `${scope} ${name}`;
}

function changeOf(now: SloMeasureJson, before: SloMeasureJson | undefined): number | null {
  const shares = [now, before].map((measure) => measure?.[now.basis].attainment ?? null);
  const [is, was] = shares as [number | null, number | null];
  return is === null || was === null ? null : Math.round((is - was) * 1e11) / 1e9;
}
