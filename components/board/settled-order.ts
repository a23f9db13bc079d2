/** The order on screen, and what waits behind it. */
export interface SettledOrder {
  names: string[];
  /** How many rows stand elsewhere in the new order. */
  moved: number;
}

/**
 * Keeps the rows where they are while somebody points at them: rows that are gone leave, new ones come at the end, and
 * the others stay. `moved` counts the rows whose neighbour above would change.
 */
export function keepOrder(shown: readonly string[], next: readonly string[]): SettledOrder {
  const inNext = new Set(next);
  const kept = shown.filter((name) => inNext.has(name));
  const inShown = new Set(kept);
  const names = [...kept, ...next.filter((name) => !inShown.has(name))];
  const above = new Map(names.map((name, index) => [name, names[index - 1]]));
  const moved = next.filter((name, index) => above.get(name) !== next[index - 1]).length;
  return { names, moved };
}
