/** What a child says to the supervisor while it works. */
export const pulse = "tidemark:turning";

/**
 * Tells the process that started this one that it does not stand still, where that one listens (workers/supervisor). A frozen
 * process or a blocked event loop says nothing, which is the sign.
 */
export function sendPulse(): void {
  if (!process.connected) return;
  // The supervisor may be gone by now: stdin's end says so too.
  process.send?.(pulse, undefined, {}, () => undefined);
}
