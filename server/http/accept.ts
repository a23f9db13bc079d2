/**
 * The available media type that the request prefers, by its Accept weights; the first one on a tie or
 * if it accepts anything.
 */
export function preferredType<Type extends string>(
  accept: string | undefined,
  types: readonly [Type, ...Type[]],
): Type {
  const weightOf = (type: string) => {
    const range = (accept ?? "").split(",").find((each) => each.split(";")[0]?.trim().toLowerCase() === type);
    return range === undefined ? 0 : Number(/;\s*q=([\d.]+)/.exec(range)?.[1] ?? 1);
  };
  return types.reduce((best, type) => (weightOf(type) > weightOf(best) ? type : best), types[0]);
}
