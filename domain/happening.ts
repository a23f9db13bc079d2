import { formatElapsed } from "./duration.ts";
import { formatCount, formatShare } from "./figures.ts";
import { formatHour, type Hour } from "./hour.ts";
import { formatInstant } from "./instant.ts";
import type { VerdictState } from "./verdict.ts";

const happeningKinds = ["late", "complete-after-late", "incomplete", "amended"] as const;
export type HappeningKind = (typeof happeningKinds)[number];

/** A revision of an hour that matters to its consumers. */
export interface Happening {
  eventType: string;
  hour: Hour;
  revision: number;
  state: VerdictState;
  amended: boolean;
  knownAt: Date;
  closedAt: Date | null;
  deadlineAt: Date;
  produced: bigint;
  lost: bigint;
  duplicated: bigint;
}

export interface DescribedHappening {
  kind: HappeningKind;
  title: string;
  text: string;
}

/** A happening in words, for a feed. */
export function describeHappening(happening: Happening): DescribedHappening {
  const { eventType, hour, state, amended, revision, closedAt, deadlineAt } = happening;
  const name = `${eventType} ${formatHour(hour)}`;
  const counts = describeCounts(happening);
  const deadline = `Its deadline was ${formatInstant(deadlineAt)}.`;
  if (amended) {
    const title = `${name} was amended: it is ${state}`;
    return {
      kind: "amended",
      title,
      text: `${counts} This is revision ${revision}. Jobs that read an earlier revision should read the hour again.`,
    };
  }
  if (state === "late") {
    return { kind: "late", title: `${name} is late`, text: `Not every expected datacenter has closed it. ${deadline}` };
  }
  if (state === "complete") {
    const overdueSeconds = closedAt ? (closedAt.getTime() - deadlineAt.getTime()) / 1000 : 0;
    const delay = overdueSeconds > 0 ? `${formatElapsed(overdueSeconds)} after its deadline` : "after being late";
    return { kind: "complete-after-late", title: `${name} is complete, ${delay}`, text: `${counts} ${deadline}` };
  }
  return { kind: "incomplete", title: `${name} is ${state}`, text: counts };
}

function describeCounts({ state, produced, lost, duplicated }: Happening): string {
  if (state === "unverified") return "A datacenter's produced count is unknown.";
  if (produced === 0n && lost === 0n && duplicated === 0n) return "No events were produced.";
  const of = `of ${formatCount(produced)} events`;
  const share = (part: bigint) => (produced > 0n && part > 0n ? ` (${formatShare(part, produced)})` : "");
  const losses =
    lost === 0n
      ? `None ${of} was lost`
      : `${formatCount(lost)} ${of}${share(lost)} ${lost === 1n ? "was" : "were"} lost`;
  const twice = duplicated === 0n ? "none was duplicated" : `${formatCount(duplicated)}${share(duplicated)} duplicated`;
  return `${losses}, ${twice}.`;
}
