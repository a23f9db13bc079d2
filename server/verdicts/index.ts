// Public API of verdicts: judging facts, reading verdicts, waiting for them.
export { type AcceptedBy, acceptedColumn, toAcceptedJson } from "./accepted-columns.ts";
export { type AwaitReadyInput, type AwaitReadyOptions, awaitReady } from "./await-ready.ts";
export { type ChangedNoun, type ChangeFeed, openChangeFeed } from "./change-feed.ts";
export { createCurrentHours } from "./create-current-hours.ts";
export { createHours, type TypeHours } from "./create-hours.ts";
export { deleteHours } from "./delete-hours.ts";
export {
  findEventType,
  findTypeHour,
  loadTypeNames,
  type ReadableType,
  requireClaimed,
  type TypeRow,
  typeColumns,
} from "./find-event-type.ts";
export { findEventTypes, type GatedType } from "./find-event-types.ts";
export { type ForecastJson, forecastHoldsUntil, type StoredForecast, toForecastJson } from "./forecast-json.ts";
export { readMinCompleteness, readWait } from "./gate-input.ts";
export { holdUntil } from "./hold-until.ts";
export { readHourInput, readHourMember } from "./hour-input.ts";
export { type JudgeHoursInput, judgeHours } from "./judge-hours.ts";
export type { OnJudged } from "./judge-keys.ts";
export { lanesOf, parseLanes } from "./lanes.ts";
export { listRevisions } from "./list-revisions.ts";
export { listVerdicts } from "./list-verdicts.ts";
export { asCount, type HourKey, hourKeys, keyColumns, loadFacts } from "./load-facts.ts";
export { verdictKey } from "./load-verdicts.ts";
export { markAlertsDue } from "./mark-alerts-due.ts";
export { markHours } from "./mark-hours.ts";
export { markJudgedDays } from "./mark-slo-days.ts";
export { markVerdictsChanged } from "./mark-verdicts-changed.ts";
export { packHours } from "./pack-hours.ts";
export { type HourAction, type HourTask, loadHourTasks, replaceHourTasks } from "./queue-hour-tasks.ts";
export { answerRange, type RangeAnswer } from "./range-answer.ts";
export { type HourRange, type RangeInput, readRangeInput } from "./range-input.ts";
export { readHistory } from "./read-history.ts";
export { readLastIngest } from "./read-last-ingest.ts";
export { readMatrix } from "./read-matrix.ts";
export { readOldestHour } from "./read-oldest-hour.ts";
export { type RangeQuestion, type RangeReading, type RangeType, readRange } from "./read-range.ts";
export { readRangeReadiness } from "./read-range-readiness.ts";
export { readStatus } from "./read-status.ts";
export { readStatusHistory } from "./read-status-history.ts";
export { type ReadVerdictInput, readVerdict } from "./read-verdict.ts";
export type { Readiness } from "./readiness-answer.ts";
export { recountCompleteThrough } from "./recount-complete-through.ts";
export { retimedDays, retimeHours } from "./retime-hours.ts";
export { runHourTasks } from "./run-hour-tasks.ts";
export { stateLetterOf } from "./state-letter.ts";
export { telemetryAgeSeconds } from "./verdict-json.ts";
export { openVerdictListener, type VerdictListener } from "./verdict-listener.ts";
export type { JudgedHour } from "./write-verdicts.ts";
