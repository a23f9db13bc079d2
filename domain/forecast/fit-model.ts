import { type Answer, brierOf, calibrate, calibrated, tryOut } from "./calibration.ts";
import { type Closings, endMsOf, hourMs } from "./closings.ts";
import { fitCoefficients, habitsOf } from "./fit-coefficients.ts";
import { RecentLateness } from "./lateness.ts";
import { type ForecastModel, modelVersion } from "./model.ts";
import { learnSurvivals, type Survivals } from "./survival.ts";
import { askPast, type ForecastSample, landmarksMs, type PastRange, pastPlaces, sampleKey, thin } from "./training.ts";
import { layOutRows } from "./training-rows.ts";

export interface History {
  closings: Closings;
  samples: readonly ForecastSample[];
  /** What closed later counts as open, what was sampled later as unseen. */
  nowMs: number;
}

export interface FittedModel {
  model: ForecastModel;
  /** Lanes at past instants that the model was fitted to. */
  rows: number;
  /** Parts of the history used to validate models trained on the earlier parts; null: too little. */
  heldOut: { questions: number; brier: number } | null;
}

const hoursPerLandmark = 1_500;
const leastQuestions = 40;
// Each part is predicted by a model of everything before it, never of anything after.
const heldOutParts = [
  [0.4, 0.6],
  [0.6, 0.8],
  [0.8, 1],
] as const;

/** Fits a model of when hours close. Null if nothing ever closed. The same history always gives the same model. */
export function fitModel({ closings: known, samples, nowMs }: History): FittedModel | null {
  const closings = withoutSilentTails(known, nowMs);
  const fitted = fitUncalibrated(closings, samples, nowMs);
  if (!fitted) return null;
  const tried = heldOutParts.map(([from, to]) => {
    const [fromMs, untilMs] = [partOf(closings.fromMs, nowMs, from), partOf(closings.fromMs, nowMs, to)];
    const older = fitUncalibrated(closings, samples, fromMs)?.model;
    if (!older) return { plain: [], withHabits: [] };
    const range = rangeOf(closings, older.survivals, samples, fromMs, nowMs);
    return { plain: tryOut(withoutHabits(older), range, untilMs), withHabits: tryOut(older, range, untilMs) };
  });
  const [plain, withHabits] = [tried.map((each) => each.plain), tried.map((each) => each.withHabits)];
  if (plain.flat().length < leastQuestions) return { ...fitted, model: withoutHabits(fitted.model), heldOut: null };
  // Kept only if they improved predictions outside their training set.
  const isHabitual = brierOf(withHabits.flat()) < brierOf(plain.flat());
  const parts = isHabitual ? withHabits : plain;
  const model = isHabitual ? fitted.model : withoutHabits(fitted.model);
  const answers = parts.flat();
  return {
    ...fitted,
    model: { ...model, calibration: calibrationHelps(parts) ? calibrate(answers) : model.calibration },
    heldOut: { questions: answers.length, brier: brierOf(answers) },
  };
}

function withoutHabits(model: ForecastModel): ForecastModel {
  return { ...model, habits: model.habits.map(() => 0) };
}

/** Whether a calibration fitted on the parts before the last would have improved the last. */
function calibrationHelps(parts: readonly Answer[][]): boolean {
  const [before, last] = [parts.slice(0, -1).flat(), parts.at(-1) ?? []];
  if (before.length === 0 || last.length === 0) return false;
  const learned = calibrate(before);
  return brierOf(last.map((answer) => calibrated(answer, learned))) < brierOf(last);
}

function fitUncalibrated(
  closings: Closings,
  samples: readonly ForecastSample[],
  nowMs: number,
): { model: ForecastModel; rows: number } | null {
  const survivals = learnSurvivals(closings, nowMs);
  if (!survivals) return null;
  const range = rangeOf(closings, survivals, samples, closings.fromMs, nowMs);
  const questions = landmarksMs.flatMap((landmark) =>
    thin(pastPlaces(range, landmark), hoursPerLandmark).flatMap((place) => askPast(range, place) ?? []),
  );
  const rows = layOutRows(questions, survivals, nowMs);
  const fit = fitCoefficients(rows);
  const model: ForecastModel = {
    version: modelVersion,
    survivals,
    intercept: fit.intercept,
    usual: fit.coefficients[0] as number,
    coefficients: fit.coefficients.slice(1),
    means: fit.means.slice(1),
    habits: habitsOf(rows, fit),
    calibration: { intercept: 0, slope: 1 },
  };
  return { model, rows: rows.count };
}

function rangeOf(
  closings: Closings,
  survivals: Survivals,
  samples: readonly ForecastSample[],
  afterMs: number,
  beforeMs: number,
): PastRange {
  const seen = samples.filter(({ atMs }) => atMs <= beforeMs);
  return {
    closings,
    lateness: new RecentLateness(closings, survivals),
    samples: new Map(seen.map((each) => [sampleKey(each.eventType, each.hourStartMs, each.landmarkMs), each])),
    afterMs,
    beforeMs,
  };
}

function partOf(fromMs: number, toMs: number, share: number): number {
  return fromMs + Math.floor(((toMs - fromMs) * share) / hourMs) * hourMs;
}

const longestTailMs = 24 * hourMs;

/**
 * Drops the last hours that a lane has not closed by now, if they span more than a day: it has not begun to report, is gone, or its history
 * is being imported right now. They would teach that hours stay open for days.
 */
function withoutSilentTails(closings: Closings, nowMs: number): Closings {
  const types = closings.types.map((type) => ({
    ...type,
    lanes: new Map([...type.lanes].map(([dc, lane]) => [dc, withoutSilentTail(closings, lane, nowMs)])),
  }));
  return { ...closings, types };
}

function withoutSilentTail(closings: Closings, lane: Float64Array, nowMs: number): Float64Array {
  const from = lane.findLastIndex((closedAtMs) => closedAtMs <= nowMs) + 1;
  const open = lane.subarray(from).findIndex((closedAtMs) => closedAtMs > nowMs);
  const isShort = open < 0 || nowMs - endMsOf(closings, from + open) < longestTailMs;
  return isShort ? lane : lane.slice().fill(Number.NaN, from);
}
