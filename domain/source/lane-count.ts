import { formatCountOf } from "../figures.ts";
import type { Hour } from "../hour.ts";

/** What sources count rather than gauge: the metric of a reading, by the name that rules and causes use. */
export const countedBy = {
  dead_letters: "dead_letter_message_count",
  expired_deadlines: "expired_ack_deadlines_count",
  late_messages: "pubsub/late_messages_count",
} as const;
export type CountName = keyof typeof countedBy;

/** How many messages a source counted for one lane in one hour. */
export interface LaneCount {
  readonly name: CountName;
  /** In which it was counted; the messages' events may be of earlier hours. */
  readonly hour: Hour;
  readonly count: number;
  /** Such as "subscription EndSong-ams-etl". */
  readonly resource: string;
  /** How many event types the resource carries: its messages are not distinguished by type. */
  readonly sharedBy: number;
}

/** "subscription EndSong-ams-etl", "subscription all-ams, shared by 3 event types"; several are listed. */
export function sayResources(counts: readonly Pick<LaneCount, "resource" | "sharedBy">[]): string {
  const texts = counts.map(({ resource, sharedBy }) =>
    sharedBy > 1 ? `${resource}, shared by ${sharedBy} event types` : resource,
  );
  return [...new Set(texts)].join("; ");
}

export interface Counted {
  readonly count: number;
  /** "340 messages went to the dead-letter topic (subscription EndSong-ams-etl)". */
  readonly text: string;
}

/** "340 messages", and what happened to them. */
export const countWords: Readonly<Record<CountName, { noun: string; said: string }>> = {
  dead_letters: { noun: "message", said: "went to the dead-letter topic" },
  expired_deadlines: { noun: "acknowledgement deadline", said: "expired" },
  late_messages: { noun: "message", said: "arrived behind the watermark" },
};

/** One kind of count in total; what a resource counted in an hour is taken once, whichever lanes it feeds. null: none was counted. */
export function totalCounted(counts: readonly LaneCount[], name: CountName): Counted | null {
  const own = counts.filter((each) => each.name === name && each.count > 0);
  const once = [...new Map(own.map((each) => [`${each.hour.getTime()} ${each.resource}`, each])).values()];
  if (once.length === 0) return null;
  const count = once.reduce((sum, each) => sum + each.count, 0);
  const { noun, said } = countWords[name];
  return { count, text: `${formatCountOf(count, noun)} ${said} (${sayResources(once)})` };
}

/** It is about as much as is to be explained, or more: counts and events differ by batches and by what is in transit. */
export function explainsMost({ count }: Counted, amount: number): boolean {
  return count * 2 >= amount;
}

/** The weight of a count as a sign: many of what is to be explained show the mechanism, a few are a hint. */
export function weightOfCounted(counted: Counted, amount: number): number {
  return explainsMost(counted, amount) ? 0.5 : 0.2;
}
