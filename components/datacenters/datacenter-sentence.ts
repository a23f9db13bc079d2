import { formatDuration, secondsBetween } from "#components/ui/duration.ts";
import { formatCount } from "#components/ui/number-format.ts";
import type { DatacenterJson } from "#domain/api/catalogue.ts";
import type { LanesJson, LatenessJson } from "#domain/api/lateness.ts";
import { silentAfterSeconds } from "#domain/reasons.ts";

/** No message for 15 minutes, or ever. */
export function isSilent(lastSeenAt: string | null, nowAt: string): boolean {
  return lastSeenAt === null || secondsBetween(lastSeenAt, nowAt) > silentAfterSeconds;
}

/** A datacenter's condition, in one or two sentences. */
export function datacenterSentence({ name, lastSeenAt, status }: DatacenterJson, lanes: LanesJson): string {
  const { items, asOf } = lanes;
  const late = items.filter(({ lateHours }) => lateHours > 0).length;
  const open = items.filter(({ openHours }) => openHours > 0).length;
  const claimed = {
    claimed: "",
    discovered: " It is not claimed: no verdict waits for it.",
    retired: " It is retired: no hour after its activeTo waits for it.",
  }[status];
  const heard =
    lastSeenAt === null
      ? `${name} has not sent any message yet.`
      : isSilent(lastSeenAt, asOf)
        ? `${name} has sent nothing for ${formatDuration(secondsBetween(lastSeenAt, asOf))}; its state is unknown.`
        : `${name} sent its last message ${formatDuration(secondsBetween(lastSeenAt, asOf))} ago.`;
  if (items.length === 0) return `${heard} No claimed type is expected there.${claimed}`;
  const types = (count: number) =>
    items.length === 1 ? "its one type" : `${formatCount(count)} of ${formatCount(items.length)} types`;
  const standing =
    late > 0
      ? `It holds up ${types(late)} past the deadline.`
      : open > 0
        ? `It has not closed ended hours of ${types(open)} yet; all are within their deadline.`
        : `It has closed every ended hour of its ${items.length === 1 ? "one type" : `${formatCount(items.length)} types`}.`;
  return `${heard} ${standing}${claimed}`;
}

type Counts = LatenessJson["datacenters"][number]["lastDay"];

/** `held up 12 of 40 late hours (30 %), closed 31 % of hours last`. */
export function latenessWords(counts: Counts, lateHours: number): string {
  const held =
    lateHours === 0
      ? "no hour was late"
      : `held up ${formatCount(counts.heldUp)} of ${formatCount(lateHours)} late hours (${percent(counts.heldUp / lateHours)})`;
  const last =
    counts.hours === 0
      ? "none of its hours ended"
      : `closed last in ${percent(counts.closedLast / counts.hours)} of its hours`;
  return `${held}; ${last}`;
}

/** `lost 12 of 3,400 events`. */
export function lossWords({ lost, produced }: Counts): string {
  if (produced === 0) return "no produced count known";
  return lost === 0 ? "nothing" : `${formatCount(lost)} of ${formatCount(produced)} events`;
}

function percent(share: number): string {
  const whole = share * 100;
  return `${whole > 0 && whole < 1 ? "under 1" : Math.round(whole)} %`;
}
