import { formatPercent } from "./percent.ts";

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

/** A share for people: `0.28 %`, `33.34 %`, `400 %` of what is counted several times. Reads 0 % and 100 % only when exact. */
export function formatShare(part: bigint | number, whole: bigint | number): string {
  const share = Number(part) / Number(whole);
  return share > 1 ? `${formatCount(Math.ceil(share * 100))} %` : formatPercent(share);
}
