import { Worker } from "node:worker_threads";
import { chargeHeavyWork } from "./heavy-account.ts";

/** The work took longer than it may, or too much of it waits. */
export class TooMuchWork extends Error {}

export interface WorkThreadOptions {
  /** A module that calls `serveWork`. */
  readonly file: string;
  /** What is longer is given up, with its thread. */
  readonly withinMs: number;
  /** Beyond so many waiting, more is refused at once. */
  readonly mostWaiting: number;
  /** What the caller can do about it. */
  readonly advice: string;
}

interface Answer<Output> {
  readonly output?: Output;
  readonly error?: unknown;
  /** Of a processor. */
  readonly usedMs: number;
}

/**
 * A thread of its own for work that a caller can make long: the process answers others meanwhile, and the work has an end whatever it is.
 * One piece at a time; started by the first, and it keeps no process alive.
 */
export class WorkThread<Input, Output> {
  readonly #options: WorkThreadOptions;
  #worker: Worker | null = null;
  #last: Promise<unknown> = Promise.resolve();
  #waiting = 0;

  constructor(options: WorkThreadOptions) {
    this.#options = options;
  }

  async run(input: Input): Promise<Output> {
    if (this.#waiting >= this.#options.mostWaiting) {
      throw new TooMuchWork("Too many requests of this kind wait already. Try again in a few seconds.");
    }
    this.#waiting += 1;
    const answer = this.#last.then(() => this.#ask(input));
    this.#last = answer.catch(() => undefined);
    try {
      return await answer;
    } finally {
      this.#waiting -= 1;
    }
  }

  async #ask(input: Input): Promise<Output> {
    const worker = this.#worker ?? this.#start();
    worker.ref();
    const { withinMs, advice } = this.#options;
    let timer: NodeJS.Timeout | undefined;
    const startedAtMs = performance.now();
    let used: number | null = null;
    try {
      const { output, error, usedMs } = await new Promise<Answer<Output>>((resolve, reject) => {
        const endedBefore = () => {
          this.#end(worker);
          reject(new TooMuchWork(`This takes more memory than it may. ${advice}`));
        };
        worker.once("message", resolve).once("error", endedBefore).once("exit", endedBefore);
        timer = setTimeout(() => {
          this.#end(worker);
          reject(new TooMuchWork(`This takes longer than ${withinMs / 1000} s. ${advice}`));
        }, withinMs);
        worker.postMessage(input);
      });
      used = usedMs;
      if (error !== undefined) throw error;
      return output as Output;
    } finally {
      // A thread that was ended does not say what it used.
      chargeHeavyWork(used ?? performance.now() - startedAtMs);
      clearTimeout(timer);
      worker.removeAllListeners("message").removeAllListeners("exit").removeAllListeners("error");
      worker.on("error", () => this.#end(worker)).unref();
    }
  }

  #start(): Worker {
    const worker = new Worker(this.#options.file, { resourceLimits: { maxOldGenerationSizeMb: 512 } });
    this.#worker = worker;
    return worker;
  }

  #end(worker: Worker): void {
    if (this.#worker === worker) this.#worker = null;
    void worker.terminate();
  }
}
