import type { AlertRuleSpec } from "../alert-rule.ts";
import type { Hour } from "../hour.ts";
import type { AlertFacts, TypeFacts } from "./facts.ts";

/** What goes wrong. Delays are one thing by whichever sign a type shows them; what is lost, doubled or misplaced is another. */
export const troubles = ["late", "lost", "duplicated", "skewed", "volume", "unreported", "unknown", "blind"] as const;
export type Trouble = (typeof troubles)[number];

/** Who may be behind it. */
export interface Culprit {
  trouble: Trouble;
  /** null: nowhere in particular. */
  datacenter: string | null;
}

/** What a metric says of one subject. A subject of which it says nothing is calm. */
export interface Reading {
  /** null: the event type as a whole, or Tidemark itself. */
  datacenter: string | null;
  /** null: unknown, which is neither good nor bad. */
  value: number | null;
  /** The hours of the event type that it tells of. */
  hours: readonly Hour[];
  /** The likeliest first. */
  culprits: readonly Culprit[];
  /** The earliest instant that the facts show; null: unknown. */
  since: Date | null;
  /** For people; made only when somebody reads it. */
  sentence: () => string;
}

/** What a metric needs to know of the rule that asks. */
export type MetricTerms = Pick<AlertRuleSpec, "threshold" | "windows">;

/** A figure of one event type. */
export type TypeMetric = (type: TypeFacts, facts: AlertFacts, terms: MetricTerms) => Reading[];

/** A figure of datacenters, or of Tidemark itself, over the types in the rule's scope. */
export type FleetMetric = (facts: AlertFacts, types: readonly TypeFacts[]) => Reading[];
