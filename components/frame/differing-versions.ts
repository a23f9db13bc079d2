import type { BoardDatacenterJson } from "#domain/api/board.ts";

/** A component's version at one datacenter, where it is not the same everywhere. */
export interface DifferingVersion {
  component: string;
  /** "4.2.0", or "4.2.0 and 4.2.1" where both run. */
  versions: string;
  /** Most datacenters run another. */
  isOdd: boolean;
}

type Running = Pick<BoardDatacenterJson, "name" | "versions">;

/**
 * By datacenter, only components whose versions differ between datacenters, or within one. A version that is not reported is unknown,
 * and differs from none.
 */
export function differingVersions(datacenters: readonly Running[]): ReadonlyMap<string, DifferingVersion[]> {
  const byComponent = new Map<string, Map<string, string[]>>();
  for (const { name, versions } of datacenters) {
    for (const { component, version } of versions) {
      if (version === null) continue;
      const places = byComponent.get(component) ?? new Map<string, string[]>();
      byComponent.set(component, places);
      places.set(name, [...(places.get(name) ?? []), version].sort());
    }
  }
  const differing = new Map<string, DifferingVersion[]>();
  for (const [component, places] of [...byComponent].sort(([one], [other]) => (one < other ? -1 : 1))) {
    const said = [...places].map(([name, versions]) => ({ name, versions: versions.join(" and ") }));
    const isMixed = [...places.values()].some((versions) => versions.length > 1);
    if (!isMixed && new Set(said.map(({ versions }) => versions)).size === 1) continue;
    const usual = usualOf(said.map(({ versions }) => versions));
    for (const { name, versions } of said) {
      const isOdd = usual !== null && versions !== usual;
      differing.set(name, [...(differing.get(name) ?? []), { component, versions, isOdd }]);
    }
  }
  return differing;
}

/** What most run; null: no version runs at more places than every other. */
function usualOf(all: readonly string[]): string | null {
  const counts = [...Map.groupBy(all, (versions) => versions)].map(
    ([versions, places]) => [versions, places.length] as const,
  );
  const [first, second] = counts.sort(([, one], [, other]) => other - one);
  return first && first[1] > (second?.[1] ?? 0) && first[1] > 1 ? first[0] : null;
}
