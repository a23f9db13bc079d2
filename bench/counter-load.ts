import { hourOf } from "#domain/hour.ts";
import { counterLoad } from "#simulator/load.ts";
import type { CloudEvent } from "#simulator/messages.ts";

export const reportsPerMessage = 100;
const eventTypes = Array.from({ length: 500 }, (_, index) => `Type${index}`);
const datacenters = ["lon", "ash", "sjc", "sto", "gcp-eu"];

/** Messages of distinct keys over the last 24 hours. With a larger count the same ones again: each updates what the first wrote. */
export function counterMessages(count: number, events: number): CloudEvent[] {
  const now = new Date();
  const load = { reportsPerMessage, lastHour: hourOf(now), hours: 24, eventTypes, datacenters, at: now, events };
  return counterLoad(load).take(count).toArray();
}
