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

/** The context of a worker's own use cases. */
export function workerContext(database: Database, clock: Clock): Context {
  return { database, clock, actor: "test", scopes: new Set(["admin"]) };
}

/** For a single loop: its pulse is not watched, and its clock is correct. */
export const unwatched = {
  turns: { completed: () => undefined, ended: () => undefined },
  clockCheck: { agrees: () => Promise.resolve(true) },
};
