/** The order on screen, and what waits behind it. */
export interface SettledOrder {
  names: string[];
  /** The fewest rows that must be moved for the new order to stand. */
  moved: number;
}

/**
 * Keeps the rows where they are while somebody points at them: rows that are gone leave, new ones come at the end, and
 * the others stay.
 */
export function keepOrder(shown: readonly string[], next: readonly string[]): SettledOrder {
  const inNext = new Set(next);
  const kept = shown.filter((name) => inNext.has(name));
  const inShown = new Set(kept);
  const names = [...kept, ...next.filter((name) => !inShown.has(name))];
  const placeNow = new Map(names.map((name, place) => [name, place]));
  const staying = longestRise(next.map((name) => placeNow.get(name) ?? 0));
  return { names, moved: next.length - staying };
}

/** The length of the longest run that rises from left to right: those rows can stay, the others pass them by. */
function longestRise(places: readonly number[]): number {
  // ends[k]: the smallest place that a rise of k + 1 rows can end with.
  const ends: number[] = [];
  for (const place of places) {
    let low = 0;
    let high = ends.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((ends[middle] ?? place) < place) low = middle + 1;
      else high = middle;
    }
    ends[low] = place;
  }
  return ends.length;
}
