import type { TurnName } from "#domain/turn.ts";
import { purgeDeletedNames, workOffCorrections } from "#server/corrections/index.ts";
import type { LoopParts } from "../loop-parts.ts";
import { Trouble } from "../trouble.ts";

export interface CorrectionsDeps extends Omit<LoopParts, "instance" | "clockCheck"> {
  /** Waits this many product milliseconds, or until the signal aborts. */
  wait(productMs: number): Promise<void>;
}

/** Real milliseconds after which a turn ends and reports its pulse. */
const turnMs = 2_000;
/** Between polls for work, and after a failure. */
const idleMs = 1_000;

/**
 * Moves the facts of corrections that a request left behind: large ones, and those whose process died midway; and deletes the
 * facts of deleted names. Separate from the judge: neither waits for the other or is affected by its failures.
 */
export async function moveFacts(deps: CorrectionsDeps): Promise<void> {
  await Promise.all([
    repeat(deps, "corrections", "Moving the facts of corrections", () =>
      workOffCorrections({ ctx: deps.ctx, input: { forMs: turnMs } }),
    ),
    repeat(deps, "purges", "Deleting the facts of deleted names", () =>
      purgeDeletedNames({ ctx: deps.ctx, input: { forMs: turnMs } }),
    ),
  ]);
}

async function repeat(
  { ctx, log, turns, signal, wait }: CorrectionsDeps,
  turn: TurnName,
  what: string,
  work: () => Promise<number>,
): Promise<void> {
  const trouble = new Trouble(log, what);
  while (!signal.aborted) {
    let batches = 0;
    try {
      batches = await work();
      turns.completed(turn);
      trouble.passed();
    } catch (error) {
      trouble.failed(error, "retrying in 1 s");
      turns.ended(turn);
    }
    if (batches === 0) await wait(idleMs * ctx.clock.speed);
  }
}
