import type { AlertFacts, HourNow, LaneNow, TypeFacts } from "./facts.ts";
import type { MetricTerms } from "./metric-terms.ts";

/** Why a rule does not evaluate something. The sentences are in say-unseen.ts. */
export const unseenCodes = [
  "nothing_received",
  "no_type",
  "no_datacenter",
  "before_claim",
  "beyond_horizon",
  "accepted",
  "no_hour_ended",
  "no_recent_hour",
  "counts_unknown",
  "no_forecast",
  "no_reporters_expected",
  "no_objective",
  "no_watermark",
  "no_backlog",
  "no_retention",
  "no_source",
  "no_baseline",
  "no_usual_delay",
  "nothing_to_compare",
  "no_deployment",
] as const;
export type UnseenCode = (typeof unseenCodes)[number];

/** What a rule's standing needs beside the facts that rules evaluate. By event type. */
export interface BesideFacts {
  expectReporters: ReadonlySet<string>;
  /** Days between the first hour with counts and now; absent: there is none. */
  volumeDays: ReadonlyMap<string, number>;
  /** Hours that were accepted as they are, of the last `historyHours`. */
  acceptedHours: ReadonlyMap<string, number>;
}

/** What a metric evaluates. */
export type Looks =
  | {
      at: "unclosed hours" | "closed hours";
      which: (type: TypeFacts, facts: AlertFacts, terms: MetricTerms) => HourNow[];
      unread?: (hour: HourNow, facts: AlertFacts) => UnseenCode | null;
      /** Why none of the type's hours is evaluated. */
      /** What would hold if chance did not explain it, as a clause; null: there is none. */
      chance?: (type: TypeFacts, facts: AlertFacts, terms: MetricTerms) => string | null;
      unreadType?: (type: TypeFacts, beside: BesideFacts) => UnseenCode | null;
    }
  | { at: "lanes"; unread: (lane: LaneNow) => UnseenCode | null }
  | { at: "volumes" }
  | {
      at: "datacenters";
      unread: (name: string, facts: AlertFacts, types: readonly TypeFacts[]) => UnseenCode | null;
    }
  | { at: "ingest" };

/** A share of produced cannot be found while a datacenter's count is unknown. */
export function unknownCounts({ known }: HourNow): UnseenCode | null {
  return known ? null : "counts_unknown";
}
