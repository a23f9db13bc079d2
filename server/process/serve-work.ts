import { readlinkSync } from "node:fs";
import { constants, setPriority } from "node:os";
import { basename } from "node:path";
import { parentPort } from "node:worker_threads";

/** In a module that is a `WorkThread`'s: answers each piece of work in turn. What it throws reaches the caller as a plain error. */
export function serveWork<Input, Output>(work: (input: Input) => Output | Promise<Output>): void {
  giveWay();
  parentPort?.on("message", async (input: Input) => {
    try {
      parentPort?.postMessage({ output: await work(input) });
    } catch (error) {
      parentPort?.postMessage({ error });
    }
  });
}

/** Linux has priorities of threads: work that a caller can make long gets the processor time that short answers leave. */
function giveWay(): void {
  if (process.platform !== "linux") return;
  setPriority(Number(basename(readlinkSync("/proc/thread-self"))), constants.priority.PRIORITY_BELOW_NORMAL);
}
