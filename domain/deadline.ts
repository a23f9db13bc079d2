/**
 * Whether an hour kept its deadline: closed by then; false also while it is not closed and the deadline has passed; null: not closed,
 * and the deadline is ahead. All three in milliseconds on one scale.
 */
export function isDeadlineMet(closedMs: number | null, deadlineMs: number, nowMs: number): boolean | null {
  if (closedMs !== null) return closedMs <= deadlineMs;
  return nowMs > deadlineMs ? false : null;
}
