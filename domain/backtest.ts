// A rule lived through stored history again: when it would have fired, whom it would have called, what it would have caught.
export type { History, PastHour, PastType } from "./backtest/history.ts";
export { pastChances } from "./backtest/past-chances.ts";
export { type HoursNeeded, replayPlans } from "./backtest/replay-plan.ts";
export { type BacktestResult, runBacktest, type Tally } from "./backtest/run-backtest.ts";
export { candidatesOf } from "./backtest/thresholds.ts";
