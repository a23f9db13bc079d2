/**
 * A share as a percentage with as many decimals as needed to distinguish it from the whole, rounded away from the whole: it
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

/** The share, 0 to 1, that a file writes as 0.0007 or "0.07%"; null for anything else. */
export function readShare(value: unknown): number | null {
  const percent = typeof value === "string" ? /^(\d{1,3}(?:\.\d{1,12})?) ?%$/.exec(value)?.[1] : undefined;
  // Moves the decimal point in the text: 0.07 / 100 is not the number 0.0007.
  const found = percent === undefined ? value : Number(`${percent}e-2`);
  return typeof found === "number" && found >= 0 && found <= 1 ? found : null;
}
