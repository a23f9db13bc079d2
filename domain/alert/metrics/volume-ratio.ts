import { formatCount } from "../../figures.ts";
import { formatHour } from "../../hour.ts";
import type { AlertFacts, TypeFacts, VolumeNow } from "../facts.ts";
import type { Metric, MetricTerms } from "../metric.ts";
import type { Culprit, Reading } from "../reading.ts";
import { readRatio, thresholdIn } from "../threshold-kinds.ts";

/**
 * Observed ÷ expected of the last closed hour, in total and by datacenter, where chance is no explanation: small counts vary a lot,
 * and that alone means nothing.
 */
export const volumeRatio: Metric = {
  of: "type",
  label: "Volume",
  about: "Produced events of the last closed hour against the expected. Below 1 it fires under it, above 1 over it.",
  condition: (text, threshold) =>
    `an hour holds ${threshold && threshold.value < 1 ? "less" : "more"} than ${text} the expected events`,
  threshold: {
    must: "must be a multiple of the expected volume other than 1, like 0.5 (fires below) or 2 (fires above)",
    read: (written) => (written === 1 ? null : thresholdIn("ratio", readRatio(written))),
    units: [{ plain: "times the expected" }],
    steps: { ratio: [0.05, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1.25, 1.5, 2, 3, 5, 10] },
  },
  fires: "awayFrom1",
  needs: "volumes",
  cause: { code: "unusual_volume", score: 0.05 },
  replay: {
    as: "nothing",
    why: "the volume expected at the time is not stored. The event type's page compares its volume with the usual",
  },
  looks: { at: "volumes" },
  read,
};

function read(type: TypeFacts, _facts: AlertFacts, { threshold }: MetricTerms): Reading[] {
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
}

function say(eventType: string, { hour, datacenter, expected, counted, low, high }: VolumeNow): string {
  const where = datacenter ?? "all datacenters";
  const usual = `usually ${formatCount(Math.round(low))} to ${formatCount(Math.round(high))}`;
  return `${eventType}: ${where} produced ${formatCount(counted)} events in hour ${formatHour(hour)}, expected ${formatCount(Math.round(expected))} (${usual}).`;
}
