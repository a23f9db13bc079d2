/**
 * A count with separators: `4,310`. Written by hand because every page starts with some, and browsers take long to load
 * Intl.
 */
export function formatCount(count: bigint | number): string {
  const whole = typeof count === "bigint" ? String(count) : count.toFixed(0);
  return whole.replace(/\B(?=(\d{3})+$)/g, ",");
}

/** "1 event", "12 events". */
export function formatCountOf(count: number, noun: string): string {
  return `${formatCount(count)} ${noun}${count === 1 ? "" : "s"}`;
}

/** A share for people: `0.28 %`, `33.3 %`. Reads 0 % and 100 % only when exact. */
export function formatShare(part: bigint | number, whole: bigint | number): string {
  const percent = (Number(part) / Number(whole)) * 100;
  if (percent > 0 && percent < 0.01) return "under 0.01 %";
  if (percent < 100 && percent > 99.9) return "over 99.9 %";
  return `${Number(percent.toFixed(percent < 10 ? 2 : 1))} %`;
}
