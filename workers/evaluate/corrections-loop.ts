import { purgeDeletedNames, workOffCorrections } from "#server/corrections/index.ts";
import { type LoopParts, repeat } from "../loop-parts.ts";

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
  const { ctx, wait } = deps;
  const input = { forMs: turnMs };
  const pause = async (batches: number | null) => {
    if (!batches) await wait(idleMs * ctx.clock.speed);
  };
  await Promise.all([
    repeat(deps, {
      turn: "corrections",
      what: "Moving the facts of corrections",
      work: () => workOffCorrections({ ctx, input }),
      pause,
    }),
    repeat(deps, {
      turn: "purges",
      what: "Deleting the facts of deleted names",
      work: () => purgeDeletedNames({ ctx, input }),
      pause,
    }),
  ]);
}
