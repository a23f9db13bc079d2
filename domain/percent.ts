/**
 * A share as a percentage with as many decimals as its distance from the whole needs, rounded away from the whole:
 * a share with anything missing never reads as 100 %, one with anything in it never as 0 %.
 */
export function formatPercent(share: number): string {
  if (share >= 1) return "100 %";
  if (share <= 0) return "0 %";
  const percent = share * 100;
  const distance = Math.min(percent, 100 - percent);
  const decimals = Math.min(8, Math.max(2, Math.ceil(-Math.log10(distance))));
  const scale = 10 ** decimals;
  // The small slack takes back what binary fractions add to a figure that is exact in decimals.
  const small = Math.max(1, Math.ceil(distance * scale - 1e-6)) / scale;
  const shown = percent < 50 ? small : 100 - small;
  return `${shown.toFixed(decimals).replace(/\.?0+$/, "")} %`;
}
