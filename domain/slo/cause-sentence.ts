import type { SloCauseJson } from "../api/slo.ts";
import { formatCountOf } from "../figures.ts";

/** "west held up 78 hours, within six hours of exporter 4.2.0." */
export function causeSentence({ measure, datacenter, stage, deployment, hours, events }: SloCauseJson): string {
  const after = deployment ? `, within six hours of ${deployment}` : "";
  if (measure === "timeliness") {
    const who = datacenter ? `${datacenter} held up` : "No datacenter was expected in";
    return `${who} ${formatCountOf(hours, "hour")}${after}.`;
  }
  const where = stage ? `, ${stage}` : "";
  return `${datacenter ?? "Somebody"} lost ${formatCountOf(events, "event")} of ${formatCountOf(hours, "hour")}${where}${after}.`;
}
