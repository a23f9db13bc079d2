import type { Clock } from "#domain/clock.ts";
import { addMessage, emptyBatch } from "#domain/merge.ts";
import { defaultNameLimits, type NameLimits } from "#domain/name-limits.ts";
import { type Fault, type Message, maxMonths, monthsNamed, namedBy } from "#domain/protocol.ts";
import type { Database, Sql } from "#server/db/database.ts";
import { isDataError } from "#server/db/database-errors.ts";
import { readFactsKeptFrom } from "#server/db/read-facts-kept-from.ts";
import { retryDeadlock } from "#server/db/retry-deadlock.ts";
import { currentTraceparent, inSpan } from "#server/process/tracing.ts";
import { admitNames, type TooManyNewNames } from "./admit-names.ts";
import { commitSpan } from "./commit-span.ts";
import { findOldHours } from "./find-old-hours.ts";
import { findOutlivedHours } from "./find-outlived-hours.ts";
import { ingestView, renewIngestView, ViewOutdated } from "./ingest-view.ts";
import { areKnown } from "./intern-names.ts";
import { namesOfBatch, namesOfMessages } from "./names.ts";
import { RejectedBudget, type RejectedLimits } from "./rejected-budget.ts";
import { requireClock } from "./require-clock.ts";
import { writeBatch } from "./write-batch.ts";
import type { RejectedInput } from "./write-rejected.ts";

/** 400 days: the same weeks a year ago. */
const defaultOldestHourSeconds = 400 * 86_400;

const keptFreshMs = 10_000;

/** So much of a rejected payload takes as long to write as one report. */
const bytesOfWeight = 256;

/** What is committed and answered as a unit: one Pub/Sub message or one HTTP request. */
export interface Entry {
  messages: readonly Message[];
  rejected: readonly RejectedInput[];
  /** Runs in its transaction. */
  record?: (tx: Sql) => Promise<void>;
}

interface Pending extends Entry {
  weight: number;
  months: ReadonlySet<number>;
  /** Of the request that brought it, while traces are on. */
  traceparent: string | null;
  settle(error?: unknown): void;
}

export interface BatchWriterOptions {
  database: Database;
  clock: Clock;
  instance: string;
  /** Older hours are accepted only for types whose `activeFrom` includes them. */
  oldestHourSeconds?: number;
  /** More are refused until the next hour. */
  newNamesPerHour?: NameLimits;
  /** Rejected messages that are stored in a minute; more are counted only. */
  rejectedPerMinute?: RejectedLimits;
  /** Reports and marks per transaction; the rest waits for the next. */
  maxWeight?: number;
  /** Concurrent transactions: while the database works on one, the next is prepared. */
  maxUnderWay?: number;
  /** Called once per commit, for metrics. */
  onCommit?: (entries: number, weight: number) => void;
}

/**
 * Collects entries while a transaction runs and writes them in the next: the higher the load, the larger the batches.
 * `write` settles after its entry's commit. It rejects when the database is unavailable (nothing was written, retry)
 * or refuses this entry's data or new names; a refused entry never fails the other entries of its batch.
 */
export class BatchWriter {
  readonly #options: Required<
    Pick<BatchWriterOptions, "maxWeight" | "maxUnderWay" | "oldestHourSeconds" | "newNamesPerHour">
  > &
    BatchWriterOptions;
  #pending: Pending[] = [];
  readonly #underWay = new Set<Promise<void>>();
  readonly #rejectedBudget: RejectedBudget;
  #kept: { from: Date | null; readAtMs: number } | null = null;

  constructor(options: BatchWriterOptions) {
    this.#options = {
      maxWeight: 20_000,
      maxUnderWay: 2,
      oldestHourSeconds: defaultOldestHourSeconds,
      newNamesPerHour: defaultNameLimits,
      ...options,
    };
    this.#rejectedBudget = new RejectedBudget(options.rejectedPerMinute);
  }

  /** Faults of well-formed messages that can no longer be accepted: hours too old, or hours whose other facts were dropped. */
  async findFaults(messages: readonly Message[]): Promise<Fault[][]> {
    const { database, clock, oldestHourSeconds } = this.#options;
    const now = clock.now();
    const old = await findOldHours(database, messages, { now, oldestHourSeconds });
    const factsKeptFrom = await this.#readFactsKeptFrom();
    return messages.map((message, index) => {
      const outlived = findOutlivedHours(message, factsKeptFrom);
      return outlived.length > 0 ? outlived : (old[index] ?? []);
    });
  }

  /** Throws ClockDisagrees if the faults say that an event's time is wrong where this machine's clock is. */
  requireClock(faults: readonly Fault[]): Promise<void> {
    return requireClock(this.#options.database.sql, faults);
  }

  write(entry: Entry): Promise<void> {
    return new Promise((resolve, reject) => {
      const settle = (error?: unknown) => (error === undefined ? resolve() : reject(error));
      const [weight, months] = [this.#weigh(entry), monthsNamed(entry.messages)];
      this.#pending.push({ ...entry, weight, months, traceparent: currentTraceparent(), settle });
      if (this.#underWay.size < this.#options.maxUnderWay) this.#start();
    });
  }

  /** Settles when every entry so far has been answered. */
  async drain(): Promise<void> {
    while (this.#underWay.size > 0) await Promise.all(this.#underWay);
  }

  /** Of what is written: rejected messages beyond the budget are counted in bulk. */
  #weigh({ messages, rejected }: Entry): number {
    const stored = this.#rejectedBudget.choose(rejected);
    const payloads = stored.reduce((sum, { payload }) => sum + payload.byteLength / bytesOfWeight, rejected.length);
    return messages.reduce((sum, message) => sum + namedBy(message).types.length + 1, payloads);
  }

  #start(): void {
    const run = this.#run().finally(() => this.#underWay.delete(run));
    this.#underWay.add(run);
  }

  async #run(): Promise<void> {
    // One turn of the event loop lets everything that has arrived join the first batch.
    await new Promise((resolve) => setImmediate(resolve));
    while (this.#pending.length > 0) await this.#commit(this.#take());
  }

  /** As many as fit one transaction: rows, and months (each locks partitions). */
  #take(): Pending[] {
    let weight = 0;
    let count = 0;
    let months: ReadonlySet<number> = new Set();
    for (const entry of this.#pending) {
      weight += entry.weight;
      months = months.union(entry.months);
      if (count > 0 && (weight > this.#options.maxWeight || months.size > maxMonths)) break;
      count += 1;
    }
    return this.#pending.splice(0, count);
  }

  async #commit(entries: Pending[]): Promise<void> {
    const { onCommit } = this.#options;
    try {
      const refused = await this.#foldAndWrite(entries);
      if (refused.size > 0) {
        for (const [entry, error] of refused) entry.settle(error);
        const rest = entries.filter((entry) => !refused.has(entry));
        return rest.length > 0 ? this.#commit(rest) : undefined;
      }
    } catch (error) {
      return this.#isolate(entries, error);
    }
    const weight = entries.reduce((sum, entry) => sum + entry.weight, 0);
    onCommit?.(entries.length, weight);
    for (const entry of entries) entry.settle();
  }

  /** Months are dropped every ten minutes at the most, and only those that ended long ago. */
  async #readFactsKeptFrom(): Promise<Date | null> {
    const nowMs = performance.now();
    if (this.#kept === null || nowMs - this.#kept.readAtMs > keptFreshMs) {
      this.#kept = { from: await readFactsKeptFrom(this.#options.database.sql), readAtMs: nowMs };
    }
    return this.#kept.from;
  }

  /** Writes all entries; or none, and returns those whose new names exceed the limit. */
  async #foldAndWrite(entries: readonly Pending[]): Promise<Map<Pending, TooManyNewNames>> {
    const { database, clock, instance } = this.#options;
    const allRejected = entries.flatMap((entry) => entry.rejected);
    const rejected = this.#rejectedBudget.choose(allRejected);
    const unstored = allRejected.length - rejected.length;
    const records = entries.flatMap(({ record }) => record ?? []);
    const factsKeptFrom = await this.#readFactsKeptFrom();
    let view = await ingestView(database);
    for (;;) {
      const batch = emptyBatch();
      for (const entry of entries) for (const message of entry.messages) addMessage(batch, message, view.corrections);
      const names = namesOfBatch(batch);
      if (!(await areKnown(database, names))) {
        const refused = await this.#admit(entries);
        if (refused.size > 0) return refused;
      }
      const write = { batch, names, view, rejected, unstored, instance, factsKeptFrom, records };
      try {
        await inSpan(
          () => commitSpan(entries),
          () => retryDeadlock(() => writeBatch(database, clock, write)),
        );
        this.#rejectedBudget.spend(rejected);
        return new Map();
      } catch (error) {
        if (!(error instanceof ViewOutdated)) throw error;
        // Each retry means a correction was made meanwhile, which is rare.
        view = await renewIngestView(database);
      }
    }
  }

  async #admit(entries: readonly Pending[]): Promise<Map<Pending, TooManyNewNames>> {
    const { database, clock, newNamesPerHour: limits } = this.#options;
    const named = entries.map((entry) => namesOfMessages(entry.messages));
    const answers = await admitNames(database, { clock, limits, entries: named });
    return new Map(entries.flatMap((entry, index) => (answers[index] ? [[entry, answers[index]] as const] : [])));
  }

  /** Halves the batch until the entry the database refuses is alone. Any other failure fails all entries. */
  async #isolate(entries: Pending[], error: unknown): Promise<void> {
    if (!isDataError(error) || entries.length === 1) {
      for (const entry of entries) entry.settle(error);
      return;
    }
    const middle = Math.ceil(entries.length / 2);
    await this.#commit(entries.slice(0, middle));
    await this.#commit(entries.slice(middle));
  }
}
