// Public API of service levels, by day and month.
export { toAttainmentCsv } from "./attainment-csv.ts";
export { excuseHours } from "./excuse-hours.ts";
export { exportOpenSlo } from "./export-openslo.ts";
export { importOpenSlo } from "./import-openslo.ts";
export { listExcuses } from "./list-excuses.ts";
export { listRestatements } from "./list-restatements.ts";
export { readOpeningMonth } from "./opening-month.ts";
export { readAttainment } from "./read-attainment.ts";
export { readCalendar } from "./read-calendar.ts";
export { readDigest } from "./read-digest.ts";
export { readMonths } from "./read-months.ts";
export { readReport } from "./read-report.ts";
export { revokeExcuse } from "./revoke-excuse.ts";
export { rollUpSlo } from "./roll-up-slo.ts";
export { loadTypeFigures } from "./type-figures.ts";
