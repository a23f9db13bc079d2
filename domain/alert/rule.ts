import type { AlertRuleSpec } from "../alert-rule.ts";

export interface AlertRule {
  name: string;
  spec: AlertRuleSpec;
  /** It came with the product and nobody wrote it. */
  isDefault: boolean;
}

/** Strictly beyond the threshold; a count of events at it. A burn rate is read as a share of what its windows allow. */
export function isTrue(value: number, { threshold, fires }: AlertRuleSpec): boolean {
  if (threshold === null) return value > 1;
  if (threshold.unit === "events") return value >= threshold.value;
  return fires === "below" ? value < threshold.value : value > threshold.value;
}

/** What a subject has of which a metric says nothing. */
export function calmValue({ fires }: AlertRuleSpec): number {
  return fires === "below" ? 1 : 0;
}
