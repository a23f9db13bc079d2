import type { AlertRuleSpec } from "./parse-alert-rule.ts";

export interface AlertRule {
  name: string;
  spec: AlertRuleSpec;
  /** Built in: the rule came with the product. */
  isDefault: boolean;
}

/**
 * Strictly beyond the threshold; at or above it for a count of events. A burn rate is read as a multiple of what its
 * windows allow.
 */
export function isTrue(value: number, { threshold, fires }: AlertRuleSpec): boolean {
  if (threshold === null) return value > 1;
  if (threshold.unit === "events") return value >= threshold.value;
  return fires === "below" ? value < threshold.value : value > threshold.value;
}

/** The value of a subject without a reading. */
export function calmValue({ fires }: AlertRuleSpec): number {
  return fires === "below" ? 1 : 0;
}
