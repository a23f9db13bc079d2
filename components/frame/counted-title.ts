/** "(2) Board · Tidemark"; without a count the title alone. */
export function countedTitle(title: string, count: number): string {
  const own = title.replace(/^\(\d+\) /, "");
  return count > 0 ? `(${count}) ${own}` : own;
}
