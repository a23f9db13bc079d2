// Service levels: what hours add up to, what was promised, and what became of it.
export {
  type Attainment,
  attain,
  type Budget,
  eventsOf,
  hoursOf,
  type Measure,
  measures,
  type Objectives,
  type Promised,
  type Share,
  type SloStatus,
  sloStatuses,
} from "./slo/attainment.ts";
export { burnDown } from "./slo/burn-down.ts";
export { type Deployed, deploymentWindowMs, type SloCause, sumCauses } from "./slo/causes.ts";
export { addCounts, countsDiffer, noCounts, type SloCounts, sloCountFields } from "./slo/counts.ts";
export { type IncidentDurations, incidentDurations, medianSeconds } from "./slo/incident-times.ts";
export { effectiveObjectives, noObjectives } from "./slo/objectives.ts";
export { fromOpenSlo, type NamedObjective, openSloVersion, toOpenSlo } from "./slo/openslo.ts";
export {
  type ActiveRange,
  addDays,
  addMonths,
  type Day,
  dayOf,
  daysOf,
  formatDay,
  formatMonth,
  freezesAt,
  type Month,
  monthOf,
  monthPeriod,
  type Period,
  parseMonth,
  promisedHours,
  rollingDays,
  rollingPeriod,
  weeksOf,
} from "./slo/period.ts";
export { rollUpDay, type SloDay, type SloHour } from "./slo/roll-up-day.ts";
