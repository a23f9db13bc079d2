import type { Observation } from "./observe.ts";
import { sayValue } from "./say-value.ts";

/**
 * The rule's own summary with `{eventType}`, `{datacenter}`, `{value}`, `{threshold}` and `{sentence}` filled in; the metric's sentence if it has none.
 */
export function summaryOf({ rule, subject, look, reading }: Observation): string {
  const sentence = reading.sentence();
  const { summary, threshold } = rule.spec;
  const say = (value: number) => sayValue(threshold?.unit ?? null, value);
  if (summary === null) return sentence;
  const filled: Record<string, string> = {
    eventType: subject.eventType ?? "all event types",
    datacenter: subject.datacenter ?? reading.culprits[0]?.datacenter ?? "all datacenters",
    value: look.kind === "value" ? say(look.value) : "unknown",
    threshold: threshold ? say(threshold.value) : "",
    sentence,
  };
  return summary.replaceAll(/\{(\w+)\}/g, (whole, name: string) => filled[name] ?? whole);
}
