import type { TurnName } from "#domain/turn.ts";

/** The loops of `alertOnJudged` and `alertByTime`. */
export const alertTurns: readonly TurnName[] = ["alert-judged", "alert", "volumes", "samples", "situations"];
