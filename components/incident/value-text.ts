import { metrics } from "#domain/alert/metrics.ts";
import { sayValue } from "#domain/alert/say-value.ts";
import type { RuleJson } from "#domain/api/alerts.ts";

export interface LimitOfRule {
  unit: Parameters<typeof sayValue>[0];
  text: string;
}

/** A rule's limit for people; null: it has none, or it cannot be read. */
export function readLimit(spec: RuleJson["spec"]): LimitOfRule | null {
  const threshold = metrics[spec.metric].threshold?.read(spec.threshold) ?? null;
  return threshold && { unit: threshold.unit, text: sayValue(threshold.unit, threshold.value) };
}

/** "5 % (limit 0.1 %)", both in one unit. */
export function valueText(value: number | null, limit: LimitOfRule | null): string {
  if (value === null) return "unknown";
  if (limit === null) return sayValue(null, value);
  return `${sayValue(limit.unit, value)} (limit ${limit.text})`;
}
