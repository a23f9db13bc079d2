import { randomUUID } from "node:crypto";
import type { Clock } from "#domain/clock.ts";
import { asSql, type Database } from "#server/db/database.ts";
import { openSessionPool } from "#server/db/session-pool.ts";
import type { Bell } from "#server/process/bell.ts";
import { type ClaimedDelivery, type Claims, claimDeliveries, renewClaims } from "./claim-deliveries.ts";
import { ReceiverLoad } from "./receiver-load.ts";
import { deliverClaimed, type Producer } from "./send-delivery.ts";

export interface DispatchOptions {
  ctx: { database: Database; clock: Clock };
  producer: Producer;
  /** Rung when messages may be due: a lost ring costs `pollMs`. */
  bell: Bell;
  signal: AbortSignal;
  pollMs?: number;
  /** A look at the outbox succeeded. */
  onLooked(): void;
  onFailed(error: unknown): void;
}

/** Sends in progress of one process and producer. Many, because each only waits: some receivers that hang leave room for others. */
const mostInProgress = 100;
const renewMs = 2_000;
const defaultPollMs = 1_000;
const contendedMs = 20;
const nothing: Claims = { claimed: [], isContended: false };

/** Claims and sends a producer's messages until the signal aborts, then waits for those in progress. Any number of processes may run it. */
export async function runDispatcher(options: DispatchOptions): Promise<void> {
  const { ctx, producer, bell, signal, onLooked, onFailed, pollMs = defaultPollMs } = options;
  const claimant = randomUUID();
  const load = new ReceiverLoad();
  const inProgress = new Map<bigint, Promise<void>>();
  const start = (delivery: ClaimedDelivery) => {
    const sending = load
      .run(delivery.receiver, () => deliverClaimed(ctx, producer, delivery))
      .catch(onFailed)
      .finally(() => {
        inProgress.delete(delivery.id);
        // Its receiver has room again, and the next of its thread may go.
        bell.ring();
      });
    inProgress.set(delivery.id, sending);
  };
  // A connection of its own: results that are being recorded may hold all of the pool's.
  const own = openSessionPool(ctx.database.directUrl, {
    work: "notify",
    maxConnections: 1,
    applicationName: "tidemark claims",
  });
  const renewing = setInterval(() => {
    if (inProgress.size === 0) return;
    renewClaims(asSql(own), claimant, [...inProgress.keys()]).catch(() => undefined);
  }, renewMs);
  while (!signal.aborted) {
    try {
      const limit = mostInProgress - inProgress.size;
      const request = {
        producer: producer.name,
        claimant,
        limit,
        room: load.room(),
        inProgress: [...inProgress.keys()],
      };
      const { claimed, isContended } = limit > 0 ? await claimDeliveries(ctx.database, request) : nothing;
      claimed.forEach(start);
      onLooked();
      if (claimed.length === 0) await bell.wait(isContended ? contendedMs : pollMs, signal);
    } catch (error) {
      onFailed(error);
      await bell.wait(pollMs, signal);
    }
  }
  await Promise.all(inProgress.values());
  clearInterval(renewing);
  await own.end();
}
