import { staleAfterSeconds } from "../reasons.ts";
import type { AlertFacts } from "./facts.ts";

/**
 * Up to when Tidemark knows the fleet's state. The absence of messages is measured up to here, so that an ingest outage does not
 * look like silent datacenters. null: nothing was ever ingested.
 */
export function knownUntil({ now, lastIngestAt }: Pick<AlertFacts, "now" | "lastIngestAt">): Date | null {
  return lastIngestAt && new Date(Math.min(now.getTime(), lastIngestAt.getTime() + staleAfterSeconds * 1000));
}
