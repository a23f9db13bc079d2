// Public API of backtest: what a rule would have done.
export { backtestDraft, backtestRule } from "./run-backtest.ts";
