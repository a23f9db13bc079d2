import type { Context as HonoContext } from "hono";
import { OutsideLimits } from "#server/access/index.ts";
import { Invalid, PayloadTooLarge } from "#server/errors.ts";
import { WindowCounter } from "#server/process/window-counter.ts";
import type { ApiEnv } from "./api-deps.ts";
import { addressOf } from "./rate-limits.ts";
import { TooManyRequests } from "./refusals.ts";

const mebibyte = 1024 ** 2;
/** Bytes of refused events that a sender may have in a minute. */
const junkLimit = { limit: 32 * mebibyte, windowSeconds: 60 };
/** What a refused request costs beside its bytes: 512 small ones a minute are read. */
const requestBytes = 64 * 1024;

/**
 * Who sends events that cannot be used is read only so much of: a sender of junk slows itself alone. A sender is a token at an address, so that
 * one broken host does not stop the others of its fleet.
 */
export class JunkBudget {
  readonly #refused = new WindowCounter(junkLimit);

  /** Before the body is read. Throws TooManyRequests. */
  require(c: HonoContext<ApiEnv>): void {
    const { allowed, resetSeconds } = this.#refused.look(senderOf(c));
    if (allowed) return;
    const sentence = `Too many of the events that this token sent from this address could not be used. Fix what the answers of 400 list; nothing is read before ${resetSeconds} s.`;
    throw new TooManyRequests(sentence, resetSeconds);
  }

  /** Charges a request of so many bytes with the share of its events that was refused. */
  charge(c: HonoContext<ApiEnv>, bytes: number, share = 1): void {
    if (share > 0) this.#refused.add(senderOf(c), Math.ceil((bytes + requestBytes) * share));
  }

  /** The same for a request that failed, if that was its sender's fault. */
  chargeFailed(c: HonoContext<ApiEnv>, bytes: number, error: unknown): void {
    const isJunk = error instanceof Invalid || error instanceof PayloadTooLarge || error instanceof OutsideLimits;
    if (isJunk) this.charge(c, bytes);
  }
}

function senderOf(c: HonoContext<ApiEnv>): string {
  return `${c.get("caller")} ${addressOf(c)}`;
}
