import { readlinkSync } from "node:fs";
import { getPriority, setPriority } from "node:os";
import { basename } from "node:path";
import { parentPort } from "node:worker_threads";

/** In a module that is a `WorkThread`'s: answers each piece of work in turn. What it throws reaches the caller as a plain error. */
export function serveWork<Input, Output>(work: (input: Input) => Output | Promise<Output>): void {
  giveWay();
  parentPort?.on("message", async (input: Input) => {
    const before = process.threadCpuUsage();
    const answer = await Promise.resolve(input)
      .then(work)
      .then(
        (output) => ({ output }),
        (error: unknown) => ({ error }),
      );
    const { user, system } = process.threadCpuUsage(before);
    parentPort?.postMessage({ ...answer, usedMs: (user + system) / 1_000 });
  });
}

/** Where processor time is short, a third of what short answers get: a step of niceness is a quarter. */
const steps = 5;
const nicest = 19;

/** Linux has priorities of threads: work that a caller can make long leaves most of the processor time to short answers. */
function giveWay(): void {
  if (process.platform !== "linux") return;
  setPriority(Number(basename(readlinkSync("/proc/thread-self"))), Math.min(nicest, getPriority() + steps));
}
