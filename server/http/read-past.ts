import type { Context } from "#server/access/index.ts";
import type { ApiDeps } from "./api-deps.ts";

/** A use case that reads only what is past: on the replica, if there is one that is not far behind. */
export function readPast<Result>(
  { past: ofAll, visitors }: ApiDeps,
  ctx: Context,
  work: (ctx: Context) => Promise<Result>,
): Promise<Result> {
  const past = ctx.database === visitors?.database ? visitors.past : ofAll;
  return past ? past.read(ctx, work) : work(ctx);
}
