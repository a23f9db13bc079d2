import { explainBlindness } from "./blindness.ts";
import type { Cause } from "./cause.ts";
import type { TroubledHour } from "./hour-facts.ts";
import { explainLateness } from "./lateness.ts";
import { explainMiscounts } from "./miscounts.ts";

/**
 * The likely causes of one ended hour's trouble, likeliest first; none if it is complete within its deadline without
 * unusual skew, still open, or closing as usual.
 */
export function explainHour(hour: TroubledHour): Cause[] {
  const causes = [...explainBlindness(hour), ...explainLateness(hour), ...explainMiscounts(hour)];
  return causes.sort((a, b) => b.score - a.score);
}
