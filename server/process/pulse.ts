/** A child's message to the supervisor while it works. */
export const pulse = "tidemark:turning";

/**
 * Reports to the parent process, if it listens (workers/supervisor), that this one is not stalled. A frozen
 * process or a blocked event loop sends nothing, which is the signal.
 */
export function sendPulse(): void {
  if (!process.connected) return;
  // The supervisor may be gone; stdin's end reports that too.
  process.send?.(pulse, undefined, {}, () => undefined);
}
