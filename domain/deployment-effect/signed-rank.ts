export interface SignedRank {
  /** Two-sided, exact. 1 when all differences are zero. */
  p: number;
  /** The median of all pairs' means (Hodges–Lehmann). */
  estimate: number;
  /** 95 %, by inverting the same test. */
  interval: { low: number; high: number };
  /** −1 to 1. */
  rankBiserial: number;
}

const confidence = 0.95;

/** Wilcoxon's signed-rank test of differences about zero (Biometrics Bulletin 1, 1945), with mean ranks for ties; zeros say nothing. */
export function signedRank(differences: readonly number[]): SignedRank {
  const walsh = walshAverages(differences);
  const estimate = middleOf(walsh);
  const interval = intervalOf(walsh, differences.length);
  const changed = differences.filter((each) => each !== 0);
  if (changed.length === 0) return { p: 1, estimate, interval, rankBiserial: 0 };
  // Doubled, so that mean ranks of ties are integers.
  const ranks = doubledRanks(changed.map(Math.abs));
  const total = ranks.reduce((sum, rank) => sum + rank, 0);
  const positive = ranks.reduce((sum, rank, index) => sum + ((changed[index] ?? 0) > 0 ? rank : 0), 0);
  const ways = waysToSum(ranks, total);
  const extreme = Math.min(positive, total - positive);
  const tail = ways.slice(0, extreme + 1).reduce((sum, count) => sum + count, 0) / 2 ** changed.length;
  return { p: Math.min(1, 2 * tail), estimate, interval, rankBiserial: (2 * positive - total) / total };
}

/** How many of all sign assignments give each sum of the positive ranks. */
function waysToSum(ranks: readonly number[], total: number): number[] {
  const ways = new Array<number>(total + 1).fill(0);
  ways[0] = 1;
  for (const rank of ranks)
    for (let sum = total; sum >= rank; sum--) ways[sum] = (ways[sum] ?? 0) + (ways[sum - rank] ?? 0);
  return ways;
}

function doubledRanks(values: readonly number[]): number[] {
  return values.map((value) => {
    const below = values.filter((each) => each < value).length;
    const same = values.filter((each) => each === value).length;
    return 2 * below + same + 1;
  });
}

function walshAverages(values: readonly number[]): number[] {
  return values.flatMap((one, index) => values.slice(index).map((other) => (one + other) / 2)).sort((a, b) => a - b);
}

/** From the k-th least to the k-th greatest mean, with the largest k that the level allows. */
function intervalOf(walsh: readonly number[], count: number): { low: number; high: number } {
  const ranks = Array.from({ length: count }, (_, index) => index + 1);
  const ways = waysToSum(ranks, walsh.length);
  let skipped = 0;
  let tail = (ways[0] ?? 0) / 2 ** count;
  while (tail + (ways[skipped + 1] ?? 0) / 2 ** count <= (1 - confidence) / 2) {
    skipped += 1;
    tail += (ways[skipped] ?? 0) / 2 ** count;
  }
  // If even the least and greatest do not reach the level, they are the widest interval available.
  return { low: walsh[skipped] ?? 0, high: walsh[walsh.length - 1 - skipped] ?? 0 };
}

function middleOf(sorted: readonly number[]): number {
  const middle = sorted.length / 2;
  return ((sorted[Math.ceil(middle) - 1] ?? 0) + (sorted[Math.floor(middle)] ?? 0)) / 2;
}
