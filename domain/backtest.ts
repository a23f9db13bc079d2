// Replays a rule over stored history: when it would have fired, whether it would have paged, what it would have caught.
export type { History, PastHour, PastType } from "./backtest/history.ts";
export { hasPromise } from "./backtest/outcome.ts";
export { pastChances } from "./backtest/past-chances.ts";
export { type HoursNeeded, readsCounts, readsForecasts, replayPlanOf } from "./backtest/replay-plan.ts";
export { type BacktestResult, runBacktest, type Tally } from "./backtest/run-backtest.ts";
export { candidatesOf } from "./backtest/thresholds.ts";
