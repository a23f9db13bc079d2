import { parentPort } from "node:worker_threads";

/** In a module that is a `WorkThread`'s: answers each piece of work in turn. What it throws reaches the caller as a plain error. */
export function serveWork<Input, Output>(work: (input: Input) => Output | Promise<Output>): void {
  parentPort?.on("message", async (input: Input) => {
    try {
      parentPort?.postMessage({ output: await work(input) });
    } catch (error) {
      parentPort?.postMessage({ error });
    }
  });
}
