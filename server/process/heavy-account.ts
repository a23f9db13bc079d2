import { AsyncLocalStorage } from "node:async_hooks";

const payers = new AsyncLocalStorage<(ms: number) => void>();

/** Long work that `work` causes is charged to `pay`, in milliseconds of a processor, wherever in this process it is done. */
export function payHeavyWork<Result>(pay: (ms: number) => void, work: () => Result): Result {
  return payers.run(pay, work);
}

/** Called by long work for what it used. */
export function chargeHeavyWork(ms: number): void {
  payers.getStore()?.(ms);
}
