import { setTimeout as sleep } from "node:timers/promises";
import type { Hour } from "#domain/hour.ts";
import { counterLoad } from "#simulator/load.ts";
import type { CloudEvent } from "#simulator/messages.ts";
import { datacenters, loadTypes } from "./page-catalogue.ts";

const reportsPerMessage = 100;
/** Messages in which every reporter sends all its counts once: 20 reporters × 5 datacenters × 3 stages × 500 types. */
const messagesPerPass = (20 * datacenters.length * 3 * loadTypes.length) / reportsPerMessage;

export interface Load {
  /** Reports per second that Pub/Sub took since the start. */
  rate(): number;
  /** Settles once Pub/Sub has everything that was sent. */
  stop(): Promise<void>;
}

/** A fleet's hosts in the background: each repeats its growing counts of the current hour, at an even pace. */
export function startLoad(publish: (event: CloudEvent) => Promise<void>, hour: Hour, reportsPerSecond: number): Load {
  const startedAtMs = performance.now();
  const messagesPerMs = reportsPerSecond / reportsPerMessage / 1000;
  let stopped = false;
  let said = 0;
  let taken = 0;
  let failure: unknown = null;
  const underWay = new Set<Promise<void>>();
  const say = async (event: CloudEvent) => {
    try {
      await publish(event);
      taken += 1;
    } catch (error) {
      failure ??= error;
    }
  };
  const run = async () => {
    for (let pass = 1; !stopped; pass += 1) {
      const terms = { reportsPerMessage, lastHour: hour, hours: 1, eventTypes: loadTypes, datacenters };
      const messages = counterLoad({ ...terms, at: new Date(), events: pass * 1_000 });
      for (let nth = 0; nth < messagesPerPass && !stopped; nth += 1) {
        const dueMs = startedAtMs + said / messagesPerMs;
        const waitMs = dueMs - performance.now();
        if (waitMs > 1) await sleep(waitMs);
        said += 1;
        const publishing: Promise<void> = say(messages.next().value as CloudEvent).finally(() => {
          underWay.delete(publishing);
        });
        underWay.add(publishing);
      }
    }
  };
  const running = run();
  return {
    rate: () => (taken * reportsPerMessage * 1000) / (performance.now() - startedAtMs),
    stop: async () => {
      stopped = true;
      await running;
      await Promise.all(underWay);
      if (failure) throw failure;
    },
  };
}
