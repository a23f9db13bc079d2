import type { TurnName } from "#domain/turn.ts";
import { isSendingHeld } from "#server/db/sending-hold.ts";
import type { LoopParts } from "../loop-parts.ts";
import { Trouble } from "../trouble.ts";

const lookEveryMs = 1_000;

/** Settles once no operator holds what is to be sent, or the process is to end. Loops that are held are not stalled. */
export async function awaitResume(
  { ctx, log, turns, signal }: Pick<LoopParts, "ctx" | "log" | "turns" | "signal">,
  { loops, pause }: { loops: readonly TurnName[]; pause(realMs: number): Promise<void> },
): Promise<void> {
  const trouble = new Trouble(log, "Looking whether notifications are held");
  let wasHeld = false;
  while (!signal.aborted) {
    try {
      const isHeld = await isSendingHeld(ctx.database.sql);
      trouble.passed();
      if (!isHeld) {
        if (wasHeld) log.info("Notifications are resumed.");
        return;
      }
      if (!wasHeld) log.warn("Notifications are held since a restore. `npx tidemark resume` sends them.");
      wasHeld = true;
    } catch (error) {
      trouble.failed(error, "nothing is sent, retrying in 1 s");
    }
    for (const loop of loops) turns.ended(loop);
    await pause(lookEveryMs);
  }
}
