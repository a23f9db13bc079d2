import type { ChildProcess } from "node:child_process";
import { pulse } from "#server/process/pulse.ts";

export interface SilenceLimits {
  /** Until the first pulse: a process takes time to start. */
  firstMs: number;
  /** Between two. */
  nextMs: number;
}

const defaultLimits: SilenceLimits = { firstMs: 120_000, nextMs: 20_000 };

/** Kills a child whose pulse stops: frozen, or its event loop blocked. It is then restarted like any other. */
export function watchPulse(
  child: ChildProcess,
  {
    name,
    say,
    limits = defaultLimits,
  }: { name: string; say(sentence: string): void; limits?: SilenceLimits | undefined },
): { end(): void } {
  let limitMs = limits.firstMs;
  let heardMs = performance.now();
  let doubted = false;
  child.on("message", (message) => {
    if (message !== pulse) return;
    heardMs = performance.now();
    limitMs = limits.nextMs;
    doubted = false;
  });
  const timer = setInterval(() => {
    const silentMs = performance.now() - heardMs;
    if (silentMs < limitMs) return;
    // Perhaps this process stood still: the child's output is read before the next check.
    if (!doubted) {
      doubted = true;
      return;
    }
    say(`The ${name} process sent no heartbeat for ${Math.round(silentMs / 1000)} s; killing it.`);
    child.kill("SIGKILL");
    clearInterval(timer);
  }, limits.nextMs / 10);
  return { end: () => clearInterval(timer) };
}
