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
    const exit = (code: number) => process.exit(code);
    setTimeout(() => exit(1), graceMs).unref();
    stop().then(
      () => exit(0),
      () => exit(1),
    );
  };
  process.on("SIGINT", end);
  process.on("SIGTERM", end);
  // Started by hand from a terminal, stdin is a person's: only a pipe has a parent at its other end.
  if (process.stdin.isTTY) return;
  process.stdin.on("end", end).on("error", end).resume();
}
