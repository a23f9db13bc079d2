/**
 * The media type that a request likes best of those that there are, by the header's own weights; of several that it likes the same, and
 * for whoever takes anything, the first.
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
