import type { MiddlewareHandler } from "hono";
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

/** Limits the heavy calls that a caller has under way, before a body is read. */
export function limitHeavyWork(): MiddlewareHandler<ApiEnv> {
  const underWay = new Map<string, number>();
  return async (c, next) => {
    const caller = c.get("caller") ?? `address ${addressOf(c)}`;
    const atOnce = underWay.get(caller) ?? 0;
    if (atOnce >= mostAtOnce) {
      const sentence = `${mostAtOnce} calls of this kind are under way already. Try again when one of them is answered.`;
      throw new TooManyRequests(sentence, 1);
    }
    underWay.set(caller, atOnce + 1);
    try {
      await next();
    } finally {
      const left = (underWay.get(caller) ?? 1) - 1;
      if (left > 0) underWay.set(caller, left);
      else underWay.delete(caller);
    }
  };
}
