// Whether every loop comes round, and what is behind. What others may use of it.
export { ClockCheck } from "./clock-check.ts";
export { readBehind } from "./read-behind.ts";
export { type HealthServer, serveHealth } from "./serve-health.ts";
export { type Standing, type TurnLog, Turns } from "./turns.ts";
