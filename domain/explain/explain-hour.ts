import { explainBlindness } from "./blindness.ts";
import type { Cause } from "./cause.ts";
import type { TroubledHour } from "./hour-facts.ts";
import { explainLateness } from "./lateness.ts";
import { explainMiscounts } from "./miscounts.ts";

/**
 * The likely causes of one ended hour's trouble, the likeliest first; none when it is not in trouble: complete within its
 * deadline and with no unusual skew, or still open, or closing as usual.
 */
export function explainHour(hour: TroubledHour): Cause[] {
  const causes = [...explainBlindness(hour), ...explainLateness(hour), ...explainMiscounts(hour)];
  return causes.sort((a, b) => b.score - a.score);
}
