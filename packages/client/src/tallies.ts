import { BacklogFull, BadInput } from "./bad-input.ts";
import type { Stage } from "./messages.ts";
import { readAmount } from "./values.ts";

/** The key of one cumulative count. */
export interface CountKey {
  stage: Stage;
  eventType: string;
  hour: string;
  landedHour: string;
}

export interface Amounts {
  events: number;
  bytes: number;
  malformed: number;
}

export type Counted = CountKey & Amounts;

/** One cumulative count. */
export interface Tally extends Counted {
  /** The name that it is reported under. */
  reporter: string;
  /** The last change, in milliseconds: an idle count is eventually dropped. */
  changedAtMs: number;
  /** What was sent and accepted; null: nothing was. */
  taken: Amounts | null;
}

export interface KeptTallies {
  reporter: string;
  /** Counts for a dropped hour, or that restarted at zero, are reported under this name. */
  lateReporter: string;
  /** Counts of hours up to this one may have been dropped; null: none was. */
  forgottenThrough: string | null;
  /** Keys of counts that were given up: under the reporter's own name counting from zero would be lost. */
  givenUp: string[];
  tallies: Tally[];
}

/** A count as sent. */
export interface Entry {
  tally: Tally;
  amounts: Amounts;
}

export interface TalliesOptions {
  kept: KeptTallies;
  /** A name that no other reporter has. */
  newName: () => string;
  maxTallies: number;
}

/** Each further one costs a thrown error and a lookup; the oldest are tried at Tidemark once more. */
const maxRefused = 10_000;

/**
 * Cumulative counts. Tidemark takes the largest of a reporter's counts, so resent, late or reordered ones do no harm, but a
 * count that restarts at zero would be lost: what was dropped or given up continues under another name.
 */
export class Tallies {
  readonly #options: TalliesOptions;
  readonly #tallies = new Map<string, Tally>();
  readonly #givenUp: Set<string>;
  readonly #refused = new Map<string, string>();
  readonly #heldBackUntilMs = new Map<Tally, number>();
  readonly reporter: string;
  #lateReporter: string;
  #forgottenThrough: string | null;

  constructor(options: TalliesOptions) {
    const { kept } = options;
    this.#options = options;
    this.reporter = kept.reporter;
    this.#lateReporter = kept.lateReporter;
    this.#forgottenThrough = kept.forgottenThrough;
    this.#givenUp = new Set(kept.givenUp);
    for (const tally of kept.tallies) this.#tallies.set(rowOf(tally, tally.reporter), tally);
  }

  /** Throws BadInput for what Tidemark refused before or what would exceed exact integers, BacklogFull if there is no room. */
  add(counted: Counted, nowMs: number): void {
    const refused = this.#refused.get(keyOf(counted));
    if (refused !== undefined)
      throw new BadInput("eventType", `was refused by Tidemark: ${refused}`, counted.eventType);
    const reporter = this.#reporterOf(counted);
    const row = rowOf(counted, reporter);
    const known = this.#tallies.get(row);
    if (known === undefined && this.#tallies.size >= this.#options.maxTallies) {
      throw new BacklogFull(
        `${this.#tallies.size} counts are held (maxTallies), most of them not sent. Check that Tidemark is reachable.`,
      );
    }
    const tally = known ?? begin(counted, reporter);
    const { events, bytes, malformed } = summed(tally, counted);
    Object.assign(tally, { events, bytes, malformed, changedAtMs: nowMs });
    if (known === undefined) this.#tallies.set(row, tally);
  }

  /** Not accepted yet and not held back. */
  unsent(nowMs: number): Entry[] {
    const entries: Entry[] = [];
    for (const tally of this.#tallies.values()) {
      if (isTaken(tally) || (this.#heldBackUntilMs.get(tally) ?? 0) > nowMs) continue;
      const { events, bytes, malformed } = tally;
      entries.push({ tally, amounts: { events, bytes, malformed } });
    }
    return entries;
  }

  taken(entries: readonly Entry[]): void {
    for (const { tally, amounts } of entries) {
      tally.taken = amounts;
      this.#heldBackUntilMs.delete(tally);
    }
  }

  /** Resent at that time, with what was counted by then. */
  holdBack(tally: Tally, untilMs: number): void {
    this.#heldBackUntilMs.set(tally, untilMs);
  }

  /** Tidemark refuses it for good: it is not resent, and later counts of it are refused locally. */
  giveUp(tally: Tally, detail: string): void {
    const key = keyOf(tally);
    this.#tallies.delete(rowOf(tally, tally.reporter));
    this.#heldBackUntilMs.delete(tally);
    this.#givenUp.add(key);
    if (tally.reporter === this.#lateReporter) this.#lateReporter = this.#options.newName();
    if (this.#refused.size >= maxRefused) this.#refused.delete(this.#refused.keys().next().value ?? "");
    this.#refused.set(key, detail);
  }

  /** Of what was to be sent and is not given up, the first hour of each event type that is not accepted. */
  firstUntaken(entries: readonly Entry[]): Map<string, string> {
    const hours = new Map<string, string>();
    const isUntaken = ({ tally, amounts }: Entry) =>
      tally.taken !== amounts && this.#tallies.get(rowOf(tally, tally.reporter)) === tally;
    const untaken = entries.filter(isUntaken).map(({ tally }) => tally);
    for (const { eventType, hour } of [...untaken, ...this.#heldBackUntilMs.keys()]) {
      const first = hours.get(eventType);
      if (first === undefined || hour < first) hours.set(eventType, hour);
    }
    return hours;
  }

  /** Drops what was accepted, is of an hour before the instant's and unchanged since. */
  forget(quietSinceMs: number): void {
    const before = new Date(quietSinceMs).toISOString().slice(0, 13);
    for (const [row, tally] of this.#tallies) {
      if (tally.hour >= before || tally.changedAtMs >= quietSinceMs || !isTaken(tally)) continue;
      this.#tallies.delete(row);
      if (tally.reporter === this.#lateReporter) this.#lateReporter = this.#options.newName();
      this.#forgetHour(tally.hour);
    }
    for (const key of this.#givenUp) {
      const { hour } = readKey(key);
      if (hour >= before) continue;
      this.#givenUp.delete(key);
      this.#forgetHour(hour);
    }
  }

  /** All of them and the names for restarted counts, to be stored over a restart. */
  keep(): KeptTallies {
    return {
      reporter: this.reporter,
      lateReporter: this.#lateReporter,
      forgottenThrough: this.#forgottenThrough,
      givenUp: [...this.#givenUp],
      tallies: [...this.#tallies.values()].map((tally) => ({ ...tally })),
    };
  }

  get areTaken(): boolean {
    return [...this.#tallies.values()].every(isTaken);
  }

  /** A stage that the reporter counted at under its own name; null: it counted nothing. */
  get stage(): Stage | null {
    return [...this.#tallies.values()].find(({ reporter }) => reporter === this.reporter)?.stage ?? null;
  }

  #forgetHour(hour: string): void {
    if (this.#forgottenThrough === null || hour > this.#forgottenThrough) this.#forgottenThrough = hour;
  }

  #reporterOf(counted: CountKey): string {
    if (this.#tallies.has(rowOf(counted, this.reporter))) return this.reporter;
    const isForgotten = this.#forgottenThrough !== null && counted.hour <= this.#forgottenThrough;
    return isForgotten || this.#givenUp.has(keyOf(counted)) ? this.#lateReporter : this.reporter;
  }
}

function begin({ stage, eventType, hour, landedHour }: CountKey, reporter: string): Tally {
  const zero = { events: 0, bytes: 0, malformed: 0, changedAtMs: 0, taken: null };
  return { stage, reporter, eventType, hour, landedHour, ...zero };
}

/** Throws BadInput if the sum is no longer exact. */
export function summed(tally: Amounts, counted: Amounts): Amounts {
  const sum = (field: keyof Amounts) => readAmount(field, tally[field] + counted[field]);
  return { events: sum("events"), bytes: sum("bytes"), malformed: sum("malformed") };
}

function isTaken({ taken, events, bytes, malformed }: Tally): boolean {
  return taken?.events === events && taken.bytes === bytes && taken.malformed === malformed;
}

export function keyOf({ stage, eventType, hour, landedHour }: CountKey): string {
  return JSON.stringify([stage, eventType, hour, landedHour]);
}

function readKey(key: string): { hour: string } {
  const [, , hour] = JSON.parse(key) as [string, string, string, string];
  return { hour };
}

function rowOf(key: CountKey, reporter: string): string {
  return JSON.stringify([reporter, keyOf(key)]);
}
