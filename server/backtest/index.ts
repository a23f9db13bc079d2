// What a rule would have done. What others may use of it.
export { backtestDraft, backtestRule } from "./run-backtest.ts";
