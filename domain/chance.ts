/** A finding that chance alone produces in more than this share of such hours means nothing: 1 %. */
export const chanceTaken = 0.01;

/**
 * The probability that at least `count` of `events` fail when each fails with probability `share`: the upper tail of the binomial
 * distribution. 1 where the count is no more than expected: it is then no evidence, and its exact chance is not needed.
 */
export function chanceOfAtLeast(count: number, events: number, share: number): number {
  if (count <= 0) return 1;
  if (count > events || share <= 0) return 0;
  if (share >= 1 || count <= events * share) return 1;
  const deviation = Math.sqrt(events * share * (1 - share));
  if (deviation > bellFrom) return bellTail((count - 0.5 - events * share) / deviation);
  // Terms above the mean fall faster than a geometric series: they are summed until the rest cannot matter.
  let term = 1;
  let sum = 1;
  for (let at = count; at < events && term > sum * 1e-12; at += 1) {
    term *= ((events - at) / (at + 1)) * (share / (1 - share));
    sum += term;
  }
  return Math.min(1, Math.exp(logTerm(count, events, share)) * sum);
}

/** Above this standard deviation counts are near normal, and their terms too many to sum. */
const bellFrom = 1_000;

/** The share of a normal distribution beyond z standard deviations. */
function bellTail(z: number): number {
  if (z <= 0) return 1;
  const density = Math.exp((-z * z) / 2) / Math.sqrt(2 * Math.PI);
  if (z > 3) {
    // Laplace's continued fraction.
    let fraction = z;
    for (let each = 60; each >= 1; each -= 1) fraction = z + each / fraction;
    return density / fraction;
  }
  let term = z;
  let sum = z;
  for (let odd = 3; term > 1e-17; odd += 2) {
    term *= (z * z) / odd;
    sum += term;
  }
  return 0.5 - density * sum;
}

/** Is a count this high more than chance, where `share` of so many events is tolerated? 1 of 57 is 1.8 %, and no reason to page. */
export function isBeyondChance(count: number, events: number, share: number): boolean {
  return count > 0 && chanceOfAtLeast(count, events, share) < chanceTaken;
}

/** "chance alone does this once in 20 hours". */
export function sayChance(count: number, events: number, share: number): string {
  const every = Math.round(1 / Math.max(chanceOfAtLeast(count, events, share), Number.MIN_VALUE));
  return every <= 1 ? "chance alone does this in most hours" : `chance alone does this once in ${every} hours`;
}

/**
 * The logarithm of the binomial probability of exactly `count`, by Loader's saddle-point expansion ("Fast and accurate computation of
 * binomial probabilities", 2000): differences of log-gammas would lose every digit at 10^15 events.
 */
function logTerm(count: number, events: number, share: number): number {
  const rest = events - count;
  if (rest === 0) return events * Math.log(share);
  const deviance = saddle(count, events * share) + saddle(rest, events * (1 - share));
  const corrections = stirlingError(events) - stirlingError(count) - stirlingError(rest);
  return corrections - deviance + 0.5 * (Math.log(events / count / rest) - Math.log(2 * Math.PI));
}

/** x·ln(x ÷ mean) + mean − x without cancellation. */
function saddle(x: number, mean: number): number {
  const difference = x - mean;
  if (Math.abs(difference) >= 0.1 * (x + mean)) return x * Math.log(x / mean) - difference;
  const ratio = difference / (x + mean);
  let sum = difference * ratio;
  let power = 2 * x * ratio;
  for (let odd = 3; odd < 1_000; odd += 2) {
    power *= ratio * ratio;
    const next = sum + power / odd;
    if (next === sum) return sum;
    sum = next;
  }
  return sum;
}

/** ln n! − the main terms of Stirling's formula. */
function stirlingError(n: number): number {
  if (n > 15) return (1 / 12 - (1 / 360 - 1 / 1260 / (n * n)) / (n * n)) / n;
  let logFactorial = 0;
  for (let each = 2; each <= n; each += 1) logFactorial += Math.log(each);
  return logFactorial - ((n + 0.5) * Math.log(n) - n + 0.5 * Math.log(2 * Math.PI));
}
