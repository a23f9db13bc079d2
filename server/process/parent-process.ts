import { fstatSync } from "node:fs";

/**
 * Ends this process with the one that started it. The supervisor holds its children's stdin open and never writes to it:
 * its end, which the system brings about however the supervisor died, is the sign. SIGINT and SIGTERM mean the same.
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
  // Only a pipe ends with its parent: a terminal has Ctrl-C, and /dev/null is at its end from the start.
  const stdin = fstatSync(0, { throwIfNoEntry: false });
  if (stdin?.isFIFO() || stdin?.isSocket()) process.stdin.on("end", end).on("error", end).resume();
}
