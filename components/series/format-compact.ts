/** A count for an axis: 950, 12 k, 1.3 M. */
export function formatCompact(count: number): string {
  if (count >= 1e9) return `${round(count / 1e9)} G`;
  if (count >= 1e6) return `${round(count / 1e6)} M`;
  return count >= 1e3 ? `${round(count / 1e3)} k` : String(count);
}

function round(figure: number): string {
  return figure >= 10 ? figure.toFixed(0) : String(Number(figure.toFixed(1)));
}
