/** Rows of `width` features each; NaN where unknown. */
export interface LogisticRows {
  width: number;
  features: Float64Array;
  /** 1 or 0. */
  outcomes: Float64Array;
  weights: Float64Array;
  count: number;
}

export interface LogisticPrior {
  /** The prior mean of each coefficient. */
  coefficients: readonly number[];
  /** Its strength, once features are scaled to a standard deviation of 1. */
  ridge: readonly number[];
  /** A feature is scaled by no less: one that hardly varied teaches nothing about values that it never had. Omitted: 0. */
  leastDeviations?: readonly number[];
  /** The ridge on the intercept, towards 0; by default next to nothing. */
  interceptRidge?: number;
}

export interface LogisticFit {
  intercept: number;
  /** By feature. */
  coefficients: number[];
  /** Replaces unknown features. */
  means: number[];
}

const rounds = 25;
const enough = 1e-7;

/** Logistic regression with a ridge towards a prior, by Newton's method: the same rows always give the same fit. */
export function fitLogistic(rows: LogisticRows, prior: LogisticPrior): LogisticFit {
  const { width, count } = rows;
  const { means, deviations: seen } = momentsOf(rows);
  const deviations = seen.map((deviation, at) => Math.max(deviation, prior.leastDeviations?.[at] ?? 0));
  const size = width + 1;
  const scaled = new Float64Array(count * width);
  for (let row = 0; row < count; row++) {
    for (let at = 0; at < width; at++) {
      const value = rows.features[row * width + at] as number;
      const from = means[at] as number;
      scaled[row * width + at] = Number.isNaN(value) ? 0 : (value - from) / (deviations[at] as number);
    }
  }
  const center = new Float64Array(size);
  const ridge = new Float64Array(size).fill(prior.interceptRidge ?? 1e-6);
  for (let at = 0; at < width; at++) {
    center[at + 1] = (prior.coefficients[at] as number) * (deviations[at] as number);
    ridge[at + 1] = prior.ridge[at] as number;
    // The prior's own intercept is 0 before scaling.
    center[0] = (center[0] as number) + (prior.coefficients[at] as number) * (means[at] as number);
  }
  const found = Float64Array.from(center);
  for (let round = 0; round < rounds; round++) {
    const { gradient, curvature } = slopesAt(found, scaled, rows);
    for (let at = 0; at < size; at++) {
      const weight = ridge[at] as number;
      gradient[at] = (gradient[at] as number) + weight * ((found[at] as number) - (center[at] as number));
      curvature[at * size + at] = (curvature[at * size + at] as number) + weight;
    }
    const step = solve(curvature, gradient);
    let largest = 0;
    for (let at = 0; at < size; at++) {
      // Far from the solution a full step may overshoot.
      const move = Math.min(Math.max(step[at] as number, -2), 2);
      found[at] = (found[at] as number) - move;
      largest = Math.max(largest, Math.abs(move));
    }
    if (largest < enough) break;
  }
  const coefficients = means.map((_, at) => (found[at + 1] as number) / (deviations[at] as number));
  const intercept = coefficients.reduce((sum, each, at) => sum - each * (means[at] as number), found[0] as number);
  return { intercept, coefficients, means };
}

export function sigmoid(logit: number): number {
  return 1 / (1 + Math.exp(-logit));
}

export function logitOf(probability: number): number {
  return Math.log(probability / (1 - probability));
}

function slopesAt(found: Float64Array, scaled: Float64Array, { width, count, outcomes, weights }: LogisticRows) {
  const size = width + 1;
  const gradient = new Float64Array(size);
  const curvature = new Float64Array(size * size);
  const row = new Float64Array(size);
  row[0] = 1;
  for (let index = 0; index < count; index++) {
    let logit = found[0] as number;
    for (let at = 0; at < width; at++) {
      const value = scaled[index * width + at] as number;
      row[at + 1] = value;
      logit += value * (found[at + 1] as number);
    }
    const probability = sigmoid(logit);
    const weight = weights[index] as number;
    const error = weight * (probability - (outcomes[index] as number));
    const spread = weight * probability * (1 - probability);
    for (let at = 0; at < size; at++) {
      const value = row[at] as number;
      gradient[at] = (gradient[at] as number) + error * value;
      const part = spread * value;
      for (let other = 0; other <= at; other++) {
        curvature[at * size + other] = (curvature[at * size + other] as number) + part * (row[other] as number);
      }
    }
  }
  for (let at = 0; at < size; at++) {
    for (let other = at + 1; other < size; other++)
      curvature[at * size + other] = curvature[other * size + at] as number;
  }
  return { gradient, curvature };
}

function momentsOf({ width, count, features, weights }: LogisticRows): { means: number[]; deviations: number[] } {
  const means: number[] = [];
  const deviations: number[] = [];
  for (let at = 0; at < width; at++) {
    let sum = 0;
    let squares = 0;
    let total = 0;
    for (let row = 0; row < count; row++) {
      const value = features[row * width + at] as number;
      if (Number.isNaN(value)) continue;
      const weight = weights[row] as number;
      sum += weight * value;
      squares += weight * value * value;
      total += weight;
    }
    const mean = total > 0 ? sum / total : 0;
    means.push(mean);
    const variance = total > 0 ? squares / total - mean * mean : 0;
    // A feature that never varies explains nothing: treated as already scaled.
    deviations.push(variance > 1e-12 ? Math.sqrt(variance) : 1);
  }
  return { means, deviations };
}

/** Cholesky: the curvature is positive definite, because every ridge is above zero. */
function solve(matrix: Float64Array, right: Float64Array): Float64Array {
  const size = right.length;
  const factor = Float64Array.from(matrix);
  const cell = (row: number, column: number) => factor[row * size + column] as number;
  for (let column = 0; column < size; column++) {
    for (let row = column; row < size; row++) {
      let sum = cell(row, column);
      for (let at = 0; at < column; at++) sum -= cell(row, at) * cell(column, at);
      factor[row * size + column] = row === column ? Math.sqrt(sum) : sum / cell(column, column);
    }
  }
  const result = Float64Array.from(right);
  for (let row = 0; row < size; row++) {
    let sum = result[row] as number;
    for (let at = 0; at < row; at++) sum -= cell(row, at) * (result[at] as number);
    result[row] = sum / cell(row, row);
  }
  for (let row = size - 1; row >= 0; row--) {
    let sum = result[row] as number;
    for (let at = row + 1; at < size; at++) sum -= cell(at, row) * (result[at] as number);
    result[row] = sum / cell(row, row);
  }
  return result;
}
