import type { EffectJson } from "./api/deployment-effect.ts";
import { signedRank } from "./deployment-effect/signed-rank.ts";
import { median } from "./median.ts";

/** One hour of the datacenter: its figure, over the types present on both sides. */
export interface HourFigure {
  /** Hours since the deployment's hour: negative before, 0 and above after. */
  offset: number;
  value: number;
}

/** The hours compared on either side: a whole day, so that every hour has its counterpart. */
export const windowHours = 24;
/** Adjacent hours are correlated: this many pairs are averaged before they count as one. */
const blockHours = 2;
/** Fewer can never be significant: two-sided, six equal signs are 1 in 32. */
const fewestBlocks = 7;
/** Half of the promised 5 %: hours that still resemble their neighbours (correlation 0.3) use up the other half, see the test. */
const significance = 0.025;

/**
 * How an hourly figure changed with a deployment. Each hour after it is paired with the same hour of the day before, which cancels the
 * daily pattern; differences are averaged over two hours because of autocorrelation; Wilcoxon's exact signed-rank test asks whether
 * they are centred on zero. Lower figures are better.
 */
export function measureEffect(figures: readonly HourFigure[]): EffectJson {
  const before = new Map(
    figures.filter(({ offset }) => offset < 0 && offset >= -windowHours).map((each) => [each.offset, each.value]),
  );
  const after = new Map(
    figures.filter(({ offset }) => offset >= 0 && offset < windowHours).map((each) => [each.offset, each.value]),
  );
  const pairs = [...after].flatMap(([offset, value]) => {
    const past = before.get(offset - windowHours);
    return past === undefined ? [] : [{ offset, difference: value - past }];
  });
  const medians = { medianBefore: median([...before.values()]), medianAfter: median([...after.values()]) };
  const blocks = averageByBlocks(pairs);
  if (blocks.length < fewestBlocks) {
    return {
      verdict: "too_few_hours",
      pairs: pairs.length,
      ...medians,
      change: null,
      interval: null,
      p: null,
      effectSize: null,
    };
  }
  const { p, estimate, interval, rankBiserial } = signedRank(blocks);
  return {
    verdict: verdictOf(p, estimate),
    pairs: pairs.length,
    ...medians,
    change: estimate,
    interval,
    p,
    effectSize: rankBiserial,
  };
}

/**
 * Of several effects tested at once, only those significant after Holm's correction are called a change: otherwise one of twenty
 * deployments without effect would seem to have one. The answers are in input order.
 */
export function correctForComparisons<Each extends EffectJson>(effects: readonly Each[]): Each[] {
  const tested = effects.flatMap(({ p }, index) => (p === null ? [] : [{ p, index }])).sort((a, b) => a.p - b.p);
  const stands = new Set<number>();
  for (const [rank, { p, index }] of tested.entries()) {
    if (p * (tested.length - rank) > significance) break;
    stands.add(index);
  }
  return effects.map((effect, index) =>
    effect.p === null || stands.has(index) ? effect : { ...effect, verdict: "no_change_seen" as const },
  );
}

function verdictOf(p: number, change: number): EffectJson["verdict"] {
  if (p > significance || change === 0) return "no_change_seen";
  return change > 0 ? "worse" : "better";
}

function averageByBlocks(pairs: readonly { offset: number; difference: number }[]): number[] {
  const blocks = Map.groupBy(pairs, ({ offset }) => Math.floor(offset / blockHours));
  // A block with one hour missing would weigh as much as a whole one.
  return [...blocks.values()].flatMap((block) =>
    block.length < blockHours ? [] : block.reduce((sum, { difference }) => sum + difference, 0) / block.length,
  );
}
