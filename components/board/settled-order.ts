/**
 * Keeps rows in place while they have the pointer: removed rows leave, new ones are added at the end, the others stay. `moved` is the
 * minimum number of rows to move for the new order.
 */
export function keepOrder(shown: readonly string[], next: readonly string[]) {
  const inNext = new Set(next);
  const kept = shown.filter((name) => inNext.has(name));
  const inShown = new Set(kept);
  const names = [...kept, ...next.filter((name) => !inShown.has(name))];
  const placeNow = new Map(names.map((name, place) => [name, place]));
  const staying = longestRise(next.map((name) => placeNow.get(name) ?? 0));
  return { names, moved: next.length - staying };
}

/** The length of the longest increasing subsequence: those rows can stay, the others move past them. */
function longestRise(places: readonly number[]): number {
  // ends[k]: the smallest position at which an increase of k + 1 rows can end.
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
