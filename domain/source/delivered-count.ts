import { formatHour, type Hour } from "../hour.ts";
import type { SourceEvent } from "./collection.ts";

/** A count of delivered events that a store holds for an hour. */
export interface DeliveredCount {
  readonly eventType: string;
  readonly datacenter: string;
  readonly hour: Hour;
  readonly events: number;
  /** When the store last changed it: the fact's time, and its epoch. */
  readonly changedAt: Date;
}

/**
 * The count as a reporter's. Its epoch is the instant of the change, so that the newest state of the store wins, also when rows were
 * removed, in whatever order the states arrive. `reporter`: the store's table or partition, whose counts of an hour are added up.
 */
export function deliveredCount(reporter: string, count: DeliveredCount): SourceEvent {
  const { eventType, datacenter, hour, events, changedAt } = count;
  const name = formatHour(hour);
  const reports = [{ eventType, hour: name, events }];
  return {
    type: "tidemark.counters.v1",
    id: `${reporter}/${eventType}/${name}/${changedAt.getTime()}`,
    time: changedAt,
    data: { dc: datacenter, stage: "delivered", reporter, epoch: changedAt.getTime(), reports },
  };
}
