import { formatDuration } from "#components/ui/duration.ts";
import { formatCount, formatCountOf } from "#components/ui/number-format.ts";
import type { BoardDatacenterJson } from "#domain/api/board.ts";

/** A few words about a datacenter. */
export interface DatacenterWord {
  text: string;
  /** It needs attention: others are faint. */
  isTrouble: boolean;
}

const lowVolume = 0.5;
/** Events that wait longer are delivered after their hour should have closed. */
const longBacklogSeconds = 3_600;

/** Deliveries against the usual, and the backlog; nothing that is unknown. */
export function datacenterWords({ silent, volume, backlog }: BoardDatacenterJson): DatacenterWord[] {
  // The last reports of a silent one say nothing about now.
  if (silent) return [];
  const words: DatacenterWord[] = [];
  if (volume) {
    const share = volume.delivered / volume.usual;
    words.push({ text: `${percent(share)} of usual volume`, isTrouble: share < lowVolume });
  }
  if (backlog && backlog.oldestAgeSeconds > 0) {
    const isTrouble = backlog.oldestAgeSeconds > longBacklogSeconds;
    words.push({ text: `backlog ${formatDuration(backlog.oldestAgeSeconds)}`, isTrouble });
  }
  return words;
}

/** The same in sentences, one per line, to explain the words. */
export function datacenterDetails(datacenter: BoardDatacenterJson): string {
  const { name, lagSeconds, volume, backlog, versions } = datacenter;
  const lines = [
    lagSeconds === null
      ? `${name} has not reported a watermark yet.`
      : `${name}: its lowest watermark is ${formatDuration(lagSeconds)} behind.`,
    volume === null
      ? "Volume: no comparison. None of its last three hours is closed, or less than two weeks of history are known."
      : `Volume: ${formatCount(Math.round(volume.delivered))} events of hour ${volume.hour} delivered, usually ${formatCount(Math.round(volume.usual))} (medians of its types in the same hour of the last ${volume.weeks} weeks).`,
  ];
  if (backlog !== null) {
    const many = backlog.messages === null ? "" : `, ${formatCountOf(backlog.messages, "message")} in all`;
    lines.push(`Backlog: oldest message ${formatDuration(backlog.oldestAgeSeconds)}${many}.`);
  }
  if (versions.length > 0) lines.push(`Running: ${versions.map(versionText).join(", ")}.`);
  lines.push("Open its page for components and waiting event types.");
  return lines.join("\n");
}

function versionText({ component, version, instances }: BoardDatacenterJson["versions"][number]): string {
  return `${component} ${version ?? "(version not reported)"} in ${formatCountOf(instances, "instance")}`;
}

function percent(share: number): string {
  if (share > 0 && share < 0.01) return "under 1 %";
  return `${formatCount(Math.round(share * 100))} %`;
}
