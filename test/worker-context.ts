import type { Clock } from "#domain/clock.ts";
import type { Context } from "#server/access/context.ts";
import type { Database } from "#server/db/database.ts";

/** A clock that stands still until it is set. */
export class ManualClock implements Clock {
  readonly speed = 1;
  #now: Date;

  constructor(now: string) {
    this.#now = new Date(now);
  }

  now(): Date {
    return this.#now;
  }

  set(now: string | Date): void {
    this.#now = new Date(now);
  }

  toRealMs(productMs: number): number {
    return productMs;
  }
}

/** What a worker's own use cases run with. */
export function workerContext(database: Database, clock: Clock): Context {
  return { database, clock, actor: "test", scopes: new Set(["admin"]) };
}

/** For a loop by itself: no one looks whether it comes round, and its clock is the right one. */
export const unwatched = {
  turns: { completed: () => undefined, ended: () => undefined },
  clockCheck: { agrees: () => Promise.resolve(true) },
};
