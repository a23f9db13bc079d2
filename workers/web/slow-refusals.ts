import { setTimeout as sleep } from "node:timers/promises";
import { WindowCounter } from "#server/process/window-counter.ts";
import { blockOf } from "./client-address.ts";

/** Of an address: more than people who mistype, and programs that stop at their first refusal, come to. */
const atOnce = { limit: 20, windowSeconds: 60 };
const firstMs = 100;
const longestMs = 10_000;
/** Each is a socket that is kept open; more are answered at once. */
const mostHeld = 2_000;
/** What a client did wrong. Neither "not yet" of the gate, nor a conflict that is solved by reading again. */
const refusals: readonly number[] = [400, 401, 403, 405, 408, 411, 413, 414, 415, 417, 421, 429, 431];
/** Who is on this machine can take its processor time anyway, and a proxy whose address is not set up is here too. */
const unslowed = ["127.0.0.1", "::1", ""].map(blockOf);

/**
 * Lets addresses that are refused again and again wait for it: beyond 20 refusals in a minute each takes twice as long as the one before, up
 * to 10 s. Whoever attacks again as soon as the answer is there does so that much less often. What is not refused is answered as ever.
 */
export class SlowRefusals {
  readonly #refused = new WindowCounter(atOnce);
  readonly #wait: (ms: number) => Promise<unknown>;
  #held = 0;

  constructor(wait: (ms: number) => Promise<unknown> = (ms) => sleep(ms, undefined, { ref: false })) {
    this.#wait = wait;
  }

  /** Settles when an answer of this status may be sent. */
  async hold(address: string, status: number): Promise<void> {
    if (!refusals.includes(status) || unslowed.includes(address)) return;
    this.#refused.add(address, 1);
    const beyond = this.#refused.countOf(address) - atOnce.limit;
    if (beyond <= 0 || this.#held >= mostHeld) return;
    this.#held += 1;
    try {
      await this.#wait(Math.min(longestMs, firstMs * 2 ** (beyond - 1)));
    } finally {
      this.#held -= 1;
    }
  }
}
