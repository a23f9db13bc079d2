import { setTimeout as sleep } from "node:timers/promises";
import { formatHour, hourOf } from "#domain/hour.ts";
import { type CloudEvent, countersMessage } from "#simulator/messages.ts";
import { datacenters, loadTypes } from "./page-catalogue.ts";

export const typesOfHost = 10;

export interface FleetLoad {
  /** Reports accepted per second since the start. */
  rate(): number;
  /** How far behind schedule the sender is, in milliseconds: a load that cannot be sent is no measurement. */
  behindMs(): number;
  /** Settles once all that was sent is accepted. */
  stop(): Promise<void>;
}

/**
 * Every host sends its counts of ten types once a minute, at an even pace: one message per host. `take` settles when its
 * messages are ingested; `messagesAtOnce` of them are passed together.
 */
export function startFleet(
  take: (events: CloudEvent[]) => Promise<void>,
  { hosts, messagesAtOnce }: { hosts: number; messagesAtOnce: number },
): FleetLoad {
  const startedAtMs = performance.now();
  const everyMs = 60_000 / hosts;
  let stopped = false;
  let sent = 0;
  let taken = 0;
  let failure: unknown = null;
  const underWay = new Set<Promise<void>>();
  const run = async () => {
    while (!stopped) {
      const waitMs = startedAtMs + (sent + messagesAtOnce) * everyMs - performance.now();
      if (waitMs > 1) await sleep(waitMs);
      const events = Array.from({ length: messagesAtOnce }, (_, index) => hostMessage(sent + index, hosts));
      sent += messagesAtOnce;
      const taking: Promise<void> = take(events)
        .then(() => {
          taken += messagesAtOnce;
        })
        .catch((error: unknown) => {
          failure ??= error;
        })
        .finally(() => {
          underWay.delete(taking);
        });
      underWay.add(taking);
    }
  };
  const running = run();
  return {
    rate: () => (taken * typesOfHost * 1_000) / (performance.now() - startedAtMs),
    behindMs: () => Math.max(0, performance.now() - startedAtMs - sent * everyMs),
    stop: async () => {
      stopped = true;
      await running;
      await Promise.all(underWay);
      if (failure) throw failure;
    },
  };
}

/** The nth message of the fleet: each pass over the hosts carries larger counts of the current hour. */
function hostMessage(nth: number, hosts: number): CloudEvent {
  const host = nth % hosts;
  const pass = Math.floor(nth / hosts) + 1;
  const at = new Date();
  const hour = formatHour(hourOf(at));
  return countersMessage({
    dc: datacenters[host % datacenters.length] ?? "",
    instance: `host-${host}`,
    at,
    stage: "produced",
    about: String(pass),
    reports: Array.from({ length: typesOfHost }, (_, index) => ({
      eventType: loadTypes[(host * 7 + index * 53) % loadTypes.length] ?? "",
      hour,
      events: pass * 1_000,
    })),
  });
}
