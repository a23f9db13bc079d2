// Public API of turns: whether every loop is running, and what lags.
export { ClockCheck } from "./clock-check.ts";
export { type IntakeReport, readIntakes, writeIntakes } from "./intakes.ts";
export { readBehind } from "./read-behind.ts";
export { type DutyDay, type DutyRange, findWorstHours, readDutyClock, sumDutyDays } from "./read-duty-hours.ts";
export { readWork, type WorkFigures } from "./read-work.ts";
export { recordDuties, startDutyRecorder } from "./record-duties.ts";
export { type HealthServer, serveHealth } from "./serve-health.ts";
export { type Standing, type TurnLog, Turns } from "./turns.ts";
