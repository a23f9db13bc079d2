import type { MiddlewareHandler } from "hono";
import { payHeavyWork } from "#server/process/heavy-account.ts";
import { WindowCounter, type WindowLimit } from "#server/process/window-counter.ts";
import type { ApiEnv } from "./api-deps.ts";
import { addressOf } from "./rate-limits.ts";
import { TooManyRequests } from "./refusals.ts";

/** Calls that their callers can make long. */
export const heavyCalls = [
  "/catalogue",
  "/routes/test",
  "/silences/preview",
  "/backtests",
  "/rules/:name/backtest",
] as const;

/** More than people and pipelines ask for side by side. */
const mostAtOnce = 2;
/** Milliseconds of a processor in a minute. The largest catalogue and a backtest of a whole fleet take 2 to 3 s, a draft that is looked at far less than one. */
const workLimit: WindowLimit = { limit: 20_000, windowSeconds: 60 };

/** Limits the heavy calls that a caller has under way, and the processor time that they use, before a body is read. */
export function limitHeavyWork(limit: WindowLimit = workLimit): MiddlewareHandler<ApiEnv> {
  const underWay = new Map<string, number>();
  const used = new WindowCounter(limit);
  return async (c, next) => {
    const caller = c.get("caller") ?? `address ${addressOf(c)}`;
    const atOnce = underWay.get(caller) ?? 0;
    if (atOnce >= mostAtOnce) {
      const sentence = `${mostAtOnce} calls of this kind are under way already. Try again when one of them is answered.`;
      throw new TooManyRequests(sentence, 1);
    }
    const { allowed, resetSeconds } = used.look(caller);
    if (!allowed) {
      const sentence = `Calls of this kind used more than ${limit.limit / 1_000} s of processor time in a minute. Try again in ${resetSeconds} s.`;
      throw new TooManyRequests(sentence, resetSeconds);
    }
    underWay.set(caller, atOnce + 1);
    try {
      await payHeavyWork((ms) => used.add(caller, ms), next);
    } finally {
      const left = (underWay.get(caller) ?? 1) - 1;
      if (left > 0) underWay.set(caller, left);
      else underWay.delete(caller);
    }
  };
}
