import { type Labels, labelOf, matchesAll } from "./matcher.ts";
import type { InhibitRule } from "./routing-tree.ts";

/**
 * The alert that inhibits this one; null: none. `firing` are all alerts that fire now, including silenced and inhibited ones. An
 * alert that matches both sides of a rule is not inhibited by others that do (so never by itself), and labels that both lack
 * count as equal.
 */
export function inhibitedBy<Alert extends { readonly labels: Labels }>(
  alert: { readonly labels: Labels },
  firing: readonly Alert[],
  rules: readonly InhibitRule[],
): Alert | null {
  for (const { sourceMatchers, targetMatchers, equal } of rules) {
    if (!matchesAll(targetMatchers, alert.labels)) continue;
    const isSourceToo = matchesAll(sourceMatchers, alert.labels);
    const source = firing.find(
      ({ labels }) =>
        equal.every((name) => labelOf(labels, name) === labelOf(alert.labels, name)) &&
        matchesAll(sourceMatchers, labels) &&
        !(isSourceToo && matchesAll(targetMatchers, labels)),
    );
    if (source) return source;
  }
  return null;
}
