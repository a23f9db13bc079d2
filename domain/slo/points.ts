/** "+0.35 points", "−1.2 points", "no change": a change of a share, in percentage points. */
export function formatPoints(points: number): string {
  if (points === 0) return "no change";
  const size = Math.abs(points);
  const shown = size < 0.005 ? size.toPrecision(1) : size.toFixed(2).replace(/\.?0+$/, "");
  return `${points > 0 ? "+" : "−"}${shown.includes("e") ? "0.000001" : shown} ${shown === "1" ? "point" : "points"}`;
}
