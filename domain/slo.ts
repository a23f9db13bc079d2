// Service levels: what hours add up to, what was promised, and what became of it.
export {
  attain,
  type Measure,
  measures,
  type Objectives,
  type Promised,
  sloStatuses,
} from "./slo/attainment.ts";
export { burnDown } from "./slo/burn-down.ts";
export { type Deployed, deploymentWindowMs, type SloCause } from "./slo/causes.ts";
export { addCounts, countsDiffer, noCounts, type SloCounts, sloCountFields } from "./slo/counts.ts";
export { type IncidentDurations, incidentDurations, medianSeconds } from "./slo/incident-times.ts";
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
  monthOf,
  monthPeriod,
  type Period,
  parseMonth,
  promisedHours,
  rollingPeriod,
  weeksOf,
} from "./slo/period.ts";
export { rollUpDay, type SloDay, type SloHour } from "./slo/roll-up-day.ts";
