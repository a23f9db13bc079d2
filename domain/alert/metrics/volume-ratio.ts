import { formatCount } from "../../figures.ts";
import { formatHour } from "../../hour.ts";
import type { VolumeNow } from "../facts.ts";
import type { Culprit, Reading, TypeMetric } from "../reading.ts";

/**
 * Observed ÷ expected of the last closed hour, in total and by datacenter, where chance is no explanation: small counts vary a lot,
 * and that alone means nothing.
 */
export const volumeRatio: TypeMetric = (type, _facts, { threshold }) => {
  const drops = (threshold?.value ?? 0) < 1;
  const unusual = (type.volumes ?? []).filter(({ counted, high, isDrop }) => (drops ? isDrop : counted > high));
  // A drop of the whole type points at the type; a drop in one datacenter may point at the datacenter.
  const everywhere = unusual.some(({ datacenter }) => datacenter === null);
  return unusual.map((volume): Reading => {
    const own: Culprit = { trouble: "volume", datacenter: null };
    const { hour, datacenter, expected, counted } = volume;
    return {
      datacenter,
      value: counted / Math.max(expected, Number.EPSILON),
      hours: [hour],
      culprits: everywhere ? [own] : [{ trouble: "volume", datacenter }, own],
      since: hour,
      sentence: () => say(type.eventType, volume),
    };
  });
};

function say(eventType: string, { hour, datacenter, expected, counted, low, high }: VolumeNow): string {
  const where = datacenter ?? "all datacenters";
  const usual = `usually ${formatCount(Math.round(low))} to ${formatCount(Math.round(high))}`;
  return `${eventType}: ${where} produced ${formatCount(counted)} events in hour ${formatHour(hour)}, expected ${formatCount(Math.round(expected))} (${usual}).`;
}
