/**
 * A share as a percentage with as many decimals as needed to tell it from the whole, rounded away from the whole: it
 * reads 100 % only if nothing is missing, and 0 % only if nothing is there.
 */
export function formatPercent(share: number): string {
  if (share >= 1) return "100 %";
  if (share <= 0) return "0 %";
  const percent = share * 100;
  const distance = Math.min(percent, 100 - percent);
  const decimals = Math.min(8, Math.max(2, Math.ceil(-Math.log10(distance))));
  const scale = 10 ** decimals;
  // The small slack cancels the binary error of a figure that is exact in decimals.
  const small = Math.max(1, Math.ceil(distance * scale - 1e-6)) / scale;
  const shown = percent < 50 ? small : 100 - small;
  return `${shown.toFixed(decimals).replace(/\.?0+$/, "")} %`;
}
