import { randomUUID } from "node:crypto";
import { chunksOf, reportsOf } from "./count-messages.ts";
import { type Clocks, Declarations } from "./declarations.ts";
import { Delivery, deliverDivided } from "./delivery.ts";
import { Marks } from "./marks.ts";
import type { CloudEvent, EventData, HourClosedData } from "./messages.ts";
import { Outbox, type Rule } from "./outbox.ts";
import type { ReadKept } from "./read-kept.ts";
import type { Refusal } from "./refusal.ts";
import { keptOpen, sendMarks } from "./send-marks.ts";
import { type KeptState, writeState } from "./state-file.ts";
import { type Entry, Tallies } from "./tallies.ts";
import type { Transport } from "./transport.ts";

export interface SendingOptions {
  dc: string;
  source: string;
  transport: Transport;
  state: KeptState;
  stateFile?: string;
  newName: () => string;
  keepMs?: number;
  maxTallies?: number;
  now: () => Date;
  /** `now` is the caller's, for tests and replays. */
  isOwnClock: boolean;
  signal: AbortSignal;
  traceparent?: () => string | undefined;
  fail: (error: Error) => void;
  refuse: (refusal: Refusal) => void;
}

/** Everything waiting to be sent, and the order in which it is. */
export class Sending {
  readonly tallies: Tallies;
  readonly marks: Marks;
  readonly outbox: Outbox;
  readonly declarations: Declarations;
  readonly #options: SendingOptions;
  readonly #delivery: Delivery;
  #flushing: Promise<void> | null = null;
  #writing: Promise<void> = Promise.resolve();

  constructor(options: SendingOptions) {
    const { state, newName, maxTallies = 100_000, refuse, transport, fail, signal } = options;
    this.#options = options;
    this.tallies = new Tallies({ kept: state, newName, maxTallies });
    this.marks = new Marks(state.marks);
    this.outbox = new Outbox({
      kept: state.events,
      onRefused: (event, detail) => refuse({ what: "event", event, detail }),
    });
    this.declarations = new Declarations(this.#clocks());
    this.#delivery = new Delivery({ transport, onError: fail, signal });
  }

  refuseKept({ tally, detail, key }: ReadKept["bad"][number]): void {
    this.#options.refuse({ what: "kept count", tally, detail });
    if (key !== null) this.marks.keepOpen(key.eventType, key.hour);
  }

  /** While a flush still retries, further changes are recorded with their time, and stored. */
  async tick(): Promise<void> {
    const { fail, keepMs = 172_800_000, now } = this.#options;
    if (this.#flushing === null) {
      await this.flush().catch(fail);
      this.tallies.forget(now().getTime() - keepMs);
    } else {
      this.#pass();
      await this.keep().catch(fail);
    }
  }

  async flush(): Promise<void> {
    while (this.#flushing !== null) await this.#flushing.catch(() => undefined);
    // Another process may have the state file by now.
    this.#options.signal.throwIfAborted();
    this.#flushing = this.#send().finally(() => {
      this.#flushing = null;
    });
    await this.#flushing;
  }

  /** With `isFinal` it finally reports that this reporter ends, unless a count of it was not accepted. */
  async sendLast(isFinal: boolean): Promise<void> {
    this.#pass(isFinal);
    await this.flush();
    // Counted during the flush.
    if (this.tallies.unsent(this.#nowMs()).length > 0) await this.flush();
    if (!isFinal || !this.tallies.areTaken) return;
    const { reporter, stage } = this.tallies;
    if (stage === null) return;
    const last = { dc: this.#options.dc, stage, reporter, final: true, reports: [] };
    await this.#delivery.deliver([this.event("tidemark.counters.v1", last)]);
  }

  /** Writes the state file, if there is one; one write at a time. */
  keep(): Promise<void> {
    const { stateFile } = this.#options;
    if (stateFile === undefined) return Promise.resolve();
    const write = () => {
      const events = this.outbox.keep();
      return writeState(stateFile, { ...this.tallies.keep(), marks: this.marks.keep(), events });
    };
    this.#writing = this.#writing.then(write, write);
    return this.#writing;
  }

  event<Type extends keyof EventData>(type: Type, data: EventData[Type], time = this.#options.now()): CloudEvent<Type> {
    const { source } = this.#options;
    const event = { specversion: "1.0", type, source, id: randomUUID(), time: time.toISOString(), data } as const;
    const traceparent = this.#traceparent();
    return traceparent === undefined ? event : { ...event, traceparent };
  }

  /** A fault in the caller's tracing must cost no report. */
  #traceparent(): string | undefined {
    try {
      return this.#options.traceparent?.();
    } catch {
      return undefined;
    }
  }

  async #send(): Promise<void> {
    this.#pass();
    const { dc, refuse } = this.#options;
    const delivery = this.#delivery;
    const entries = this.tallies.unsent(this.#nowMs());
    // Marks from here on may depend on counts that are not among these.
    const steps = this.marks.due();
    // Stored before they are sent: a restart must not continue below what Tidemark has.
    if (entries.length + steps.length + this.outbox.keep().length > 0) await this.keep();
    for (const chunk of chunksOf(entries)) await this.#sendCounts(chunk);
    const untaken = this.tallies.firstUntaken(entries);
    const event = this.event.bind(this);
    await sendMarks({ dc, event, refuse, delivery, marks: this.marks, steps, untaken });
    await this.outbox.send(delivery, this.#nowMs(), (each) => this.#ruleOn(each, untaken));
  }

  #sendCounts(chunk: readonly Entry[]): Promise<void> {
    const { dc, refuse } = this.#options;
    const { stage, reporter } = (chunk[0] as Entry).tally;
    return deliverDivided(this.#delivery, chunk, {
      list: "reports",
      eventOf: (entries) => this.event("tidemark.counters.v1", { dc, stage, reporter, reports: reportsOf(entries) }),
      taken: (entries) => this.tallies.taken(entries),
      heldBack: ({ tally }, ms) => this.tallies.holdBack(tally, this.#nowMs() + ms),
      refused: ({ tally }, detail) => {
        this.tallies.giveUp(tally, detail);
        this.marks.keepOpen(tally.eventType, tally.hour);
        const { eventType, hour, landedHour, events, bytes, malformed } = tally;
        const count = { stage, reporter, eventType, hour, landedHour, events, bytes, malformed };
        refuse({ what: "count", count, detail });
      },
    });
  }

  /** A marker closes no hour with missing counts: it waits for late ones, and is dropped if they are refused. */
  #ruleOn({ type, data }: CloudEvent, untaken: ReadonlyMap<string, string>): Rule {
    if (type !== "tidemark.hour-closed.v1") return "send";
    const [mark] = (data as HourClosedData).marks;
    if (mark === undefined) return "drop";
    const { eventType, hour } = mark;
    if (this.marks.isKeptOpen(eventType, hour)) {
      this.#options.refuse({ what: "hour kept open", eventType, hour, detail: keptOpen });
      return "drop";
    }
    return (untaken.get(eventType) ?? "~") <= hour ? "wait" : "send";
  }

  #pass(isEnding = false): void {
    const zero = { events: 0, bytes: 0, malformed: 0 };
    for (const { eventType, stage, hour } of this.declarations.pass(this.#clocks(), isEnding)) {
      try {
        this.tallies.add({ stage, eventType, hour, landedHour: hour, ...zero }, this.#nowMs());
      } catch (error) {
        this.#options.fail(error as Error);
      }
    }
    this.marks.observe(this.#nowMs());
  }

  #clocks(): Clocks {
    // A clock passed by the caller is the only one there is.
    const nowMs = this.#nowMs();
    return { nowMs, runningMs: this.#options.isOwnClock ? nowMs : performance.now() };
  }

  #nowMs(): number {
    return this.#options.now().getTime();
  }
}
