import type { Observation } from "./observe.ts";
import { formatThreshold } from "./threshold-kinds.ts";

/**
 * The rule's own summary with `{eventType}`, `{datacenter}`, `{value}`, `{threshold}` and `{sentence}` filled in; the metric's sentence if it has none.
 */
export function summaryOf({ rule, subject, look, reading }: Observation): string {
  const sentence = reading.sentence();
  const { summary, threshold } = rule.spec;
  if (summary === null) return sentence;
  const filled: Record<string, string> = {
    eventType: subject.eventType ?? "all event types",
    datacenter: subject.datacenter ?? reading.culprits[0]?.datacenter ?? "all datacenters",
    value: look.kind === "value" ? String(Number(look.value.toPrecision(4))) : "unknown",
    threshold: threshold ? formatThreshold(threshold) : "",
    sentence,
  };
  return summary.replaceAll(/\{(\w+)\}/g, (whole, name: string) => filled[name] ?? whole);
}
