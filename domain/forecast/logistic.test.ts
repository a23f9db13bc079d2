import { expect, test } from "vitest";
import { fitLogistic, type LogisticRows, sigmoid } from "./logistic.ts";

/** Rows whose outcomes follow intercept −1 and coefficients 2 and 0. */
function rows(count: number): LogisticRows {
  let seed = 1;
  const random = () => {
    seed = (seed * 1103515245 + 12345) % 2 ** 31;
    return seed / 2 ** 31;
  };
  const features = new Float64Array(count * 2);
  const outcomes = new Float64Array(count);
  for (let row = 0; row < count; row++) {
    features[row * 2] = random() * 4 - 2;
    features[row * 2 + 1] = random();
    outcomes[row] = random() < sigmoid(-1 + 2 * (features[row * 2] as number)) ? 1 : 0;
  }
  return { width: 2, features, outcomes, weights: new Float64Array(count).fill(1), count };
}

const flat = { coefficients: [0, 0], ridge: [1, 1] };

test("finds what the outcomes follow", () => {
  const fit = fitLogistic(rows(20_000), flat);
  expect(fit.intercept).toBeCloseTo(-1, 0);
  expect(fit.coefficients[0]).toBeCloseTo(2, 0);
  expect(Math.abs(fit.coefficients[1] as number)).toBeLessThan(0.2);
});

test("with no rows the prior stands", () => {
  const fit = fitLogistic(rows(0), { coefficients: [1, 0], ridge: [1, 1] });
  expect(fit).toEqual({ intercept: 0, coefficients: [1, 0], means: [0, 0] });
});

test("a strong prior holds against few rows, its intercept too when asked", () => {
  const fit = fitLogistic(rows(50), { coefficients: [1, 0], ridge: [1e6, 1e6], interceptRidge: 1e6 });
  expect(fit.coefficients[0]).toBeCloseTo(1, 2);
  expect(fit.intercept).toBeCloseTo(0, 2);
});

test("a feature that hardly varied teaches little about values that it never had", () => {
  const quiet = rows(2_000);
  // One row in a hundred strays by a thousandth, and its outcome is 1.
  for (let row = 0; row < quiet.count; row++) {
    quiet.features[row * 2 + 1] = row % 100 === 0 ? 0.001 : 0;
    if (row % 100 === 0) quiet.outcomes[row] = 1;
  }
  const [, boundless] = fitLogistic(quiet, flat).coefficients;
  const [, bounded] = fitLogistic(quiet, { ...flat, leastDeviations: [0, 0.1] }).coefficients;
  expect(boundless).toBeGreaterThan(1_000);
  expect(bounded).toBeLessThan(5);
});

test("outcomes that are all the same stay finite", () => {
  const same = rows(200);
  same.outcomes.fill(0);
  const fit = fitLogistic(same, { ...flat, interceptRidge: 1 });
  expect(fit.intercept).toBeLessThan(-1);
  expect(fit.coefficients.every(Number.isFinite)).toBe(true);
});

test("a feature that is not known stands at its mean", () => {
  const partly = rows(4_000);
  for (let row = 0; row < partly.count; row += 2) partly.features[row * 2 + 1] = Number.NaN;
  const fit = fitLogistic(partly, flat);
  expect(fit.means[1]).toBeCloseTo(0.5, 1);
  expect(fit.coefficients[0]).toBeGreaterThan(1.5);
});
