import { fstatSync } from "node:fs";

/**
 * Ends this process when its parent ends. The supervisor holds its children's stdin open and never writes to it:
 * end-of-file, which the system causes however the supervisor died, is the signal. SIGINT and SIGTERM do the same.
 * `stop` runs once; when it settles, or after the grace period, the process exits.
 */
export function endWithParent(stop: () => Promise<void>, graceMs = 9_000): void {
  let stopping = false;
  const end = () => {
    if (stopping) return;
    stopping = true;
    setTimeout(() => process.exit(1), graceMs).unref();
    stop().then(
      () => process.exit(0),
      () => process.exit(1),
    );
  };
  process.on("SIGINT", end);
  process.on("SIGTERM", end);
  // Only a pipe ends with its parent: a terminal has Ctrl-C, and /dev/null is at end-of-file from the start.
  const stdin = fstatSync(0, { throwIfNoEntry: false });
  if (stdin?.isFIFO() || stdin?.isSocket()) process.stdin.on("end", end).on("error", end).resume();
}
