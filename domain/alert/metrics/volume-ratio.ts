import { formatCount } from "../../figures.ts";
import { formatHour } from "../../hour.ts";
import type { VolumeNow } from "../facts.ts";
import type { Culprit, Reading, TypeMetric } from "../reading.ts";

/**
 * Counted ÷ expected of each datacenter's last hour, where that lies outside of what such an hour's counts usually are: few events
 * vary much, and that alone says nothing.
 */
export const volumeRatio: TypeMetric = (type, _facts, { threshold }) => {
  const drops = (threshold?.value ?? 0) < 1;
  const unusual = type.volumes.filter(({ counted, low, high }) => (drops ? counted < low : counted > high));
  // One type that falls everywhere is the type's own trouble; in one datacenter alone it may be the datacenter's.
  const everywhere = type.volumes.length > 1 && unusual.length === type.volumes.length;
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
  const usual = `as usual are ${formatCount(Math.round(low))} to ${formatCount(Math.round(high))}`;
  return `${eventType}: ${datacenter} counted ${formatCount(counted)} events of hour ${formatHour(hour)}, expected were ${formatCount(Math.round(expected))} (${usual}).`;
}
