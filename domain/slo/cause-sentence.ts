import type { SloCauseJson } from "../api/slo.ts";
import { formatCountOf } from "../figures.ts";

/** "west held up 78 hours, within 6 h of exporter 4.2.0." */
export function causeSentence({ measure, datacenter, stage, deployment, hours, events }: SloCauseJson): string {
  const after = deployment ? `, within 6 h of ${deployment}` : "";
  if (measure === "timeliness") {
    const who = datacenter ? `${datacenter} held up` : "No datacenter was expected for";
    return `${who} ${formatCountOf(hours, "hour")}${after}.`;
  }
  const where = stage ? `, ${stage}` : "";
  return `${datacenter ?? "An unknown datacenter"} lost ${formatCountOf(events, "event")} of ${formatCountOf(hours, "hour")}${where}${after}.`;
}
