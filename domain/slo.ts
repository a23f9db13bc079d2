// Service levels: what hours add up to, what was promised, and how it turned out.
export { attain, type Objectives, type Promised } from "./slo/attainment.ts";
export { budgetText, measureTitles, objectivesText } from "./slo/budget-words.ts";
export { burnDown } from "./slo/burn-down.ts";
export { causeName, causeRows } from "./slo/cause-rows.ts";
export { causeSentence } from "./slo/cause-sentence.ts";
export { type Deployed, deploymentWindowMs, type SloCause } from "./slo/causes.ts";
export { blameText, changeText, daysText, typesText } from "./slo/change-words.ts";
export { allWithChanges, withChanges } from "./slo/compare-months.ts";
export { addCounts, countsDiffer, noCounts, type SloCounts, sloCountFields } from "./slo/counts.ts";
export { changedShares, excuseTitle, previewSentence, restatedMonths } from "./slo/excuse-words.ts";
export { incidentDurations, medianSeconds } from "./slo/incident-times.ts";
export { incidentSentence, leadText, said } from "./slo/incident-words.ts";
export { mostPromisedFirst } from "./slo/lead-tier.ts";
export { effectiveObjectives } from "./slo/objectives.ts";
export { fromOpenSlo, type NamedObjective, toOpenSlo } from "./slo/openslo.ts";
export {
  addDays,
  addMonths,
  dayOf,
  daysOf,
  formatDay,
  formatMonth,
  freezesAt,
  hasPastRecord,
  isRunning,
  monthOf,
  monthPeriod,
  type Period,
  parseMonth,
  promisedHours,
  rollingPeriod,
  weeksOf,
} from "./slo/period.ts";
export { formatPoints } from "./slo/points.ts";
export { reportSentence, subjectOf } from "./slo/report-sentence.ts";
export { rollUpDay, type SloDay } from "./slo/roll-up-day.ts";
export type { SloHour } from "./slo/slo-hour.ts";
export { dayName, lastDay, monthName, pastRecordsText, periodName, statusWords } from "./slo/slo-words.ts";
export { type Measure, measures } from "./slo-measures.ts";
