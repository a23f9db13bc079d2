import { staleAfterSeconds } from "../reasons.ts";
import type { AlertFacts } from "./facts.ts";

/**
 * Up to when Tidemark knows what the fleet did: what no message says is measured up to here, so that a Tidemark that hears nothing
 * blames nobody for its own deafness. null: it never heard anything.
 */
export function knownUntil({ now, lastIngestAt }: Pick<AlertFacts, "now" | "lastIngestAt">): Date | null {
  return lastIngestAt && new Date(Math.min(now.getTime(), lastIngestAt.getTime() + staleAfterSeconds * 1000));
}
