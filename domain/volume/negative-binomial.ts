/**
 * Counts whose rate varies: mean `mean`, variance mean + spread · mean². A spread of 0 is a Poisson distribution. The functions are
 * continuous in the count, so sums of gauges work too.
 */
export interface CountModel {
  mean: number;
  /** The variance of the rate as a share of its square. */
  spread: number;
}

const leastSpread = 1e-7;
// Beyond this the count's granularity is negligible: computed at this size, the result is the same and faster.
const grainlessMean = 1e5;

/** The probability of a count at most this high: I_p(r, x + 1), r = 1/spread. */
export function chanceOfAtMost(count: number, { mean, spread }: CountModel): number {
  if (mean <= 0) return 1;
  if (count < 0) return 0;
  if (mean > grainlessMean) return chanceOfAtMost((count / mean) * grainlessMean, { mean: grainlessMean, spread });
  const size = 1 / Math.max(spread, leastSpread);
  return incompleteBeta(size, count + 1, size / (size + mean));
}

/** The smallest whole count whose cumulative probability reaches this. */
export function countAt(chance: number, model: CountModel): number {
  let high = Math.max(1, Math.ceil(model.mean));
  while (high < Number.MAX_SAFE_INTEGER / 4 && chanceOfAtMost(high, model) < chance) high *= 2;
  let low = -1;
  for (;;) {
    // Beyond 2^53 doubles lie further apart than one: there is no number left between the two.
    const middle = Math.floor((low + high) / 2);
    if (middle <= low || middle >= high) return high;
    if (chanceOfAtMost(middle, model) >= chance) high = middle;
    else low = middle;
  }
}

/** The regularised incomplete beta function, by Lentz's continued fraction on the side where it converges fast. */
function incompleteBeta(a: number, b: number, x: number): number {
  if (x <= 0) return 0;
  if (x >= 1) return 1;
  const front = Math.exp(logGamma(a + b) - logGamma(a) - logGamma(b) + a * Math.log(x) + b * Math.log1p(-x));
  if (x < (a + 1) / (a + b + 2)) return Math.min(1, (front * betaFraction(a, b, x)) / a);
  return Math.max(0, 1 - (front * betaFraction(b, a, 1 - x)) / b);
}

const tiny = 1e-300;
const mostTerms = 20_000;

function betaFraction(a: number, b: number, x: number): number {
  const notZero = (value: number) => (Math.abs(value) < tiny ? tiny : value);
  let c = 1;
  let d = 1 / notZero(1 - ((a + b) * x) / (a + 1));
  let result = d;
  for (let term = 1; term <= mostTerms; term++) {
    const even = (term * (b - term) * x) / ((a + 2 * term - 1) * (a + 2 * term));
    d = 1 / notZero(1 + even * d);
    c = notZero(1 + even / c);
    result *= d * c;
    const odd = (-(a + term) * (a + b + term) * x) / ((a + 2 * term) * (a + 2 * term + 1));
    d = 1 / notZero(1 + odd * d);
    c = notZero(1 + odd / c);
    result *= d * c;
    if (Math.abs(d * c - 1) < 1e-12) break;
  }
  return result;
}

/** Stirling's series, after the recurrence has made the argument large: exact to 1e-12. */
function logGamma(value: number): number {
  let shift = 0;
  let z = value;
  while (z < 10) {
    shift -= Math.log(z);
    z++;
  }
  const square = 1 / (z * z);
  const series = (1 / 12 - square * (1 / 360 - square * (1 / 1260 - square / 1680))) / z;
  return shift + (z - 0.5) * Math.log(z) - z + 0.5 * Math.log(2 * Math.PI) + series;
}
