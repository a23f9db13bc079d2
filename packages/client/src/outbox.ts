import type { Delivery } from "./delivery.ts";
import type { CloudEvent } from "./messages.ts";
import type { Fault, Refused } from "./transport.ts";

const maxInRequest = 1_000;
const maxWaiting = 10_000;

type Waiting = readonly [key: string, event: CloudEvent];

/** Whether an event may be sent now. */
export type Rule = "send" | "wait" | "drop";

export interface OutboxOptions {
  kept: readonly CloudEvent[];
  onRefused: (event: CloudEvent, detail: string) => void;
}

/**
 * Events waiting to be sent: the latest of those that replace each other (a heartbeat, a gauge), and each of all
 * others.
 */
export class Outbox {
  readonly #events = new Map<string, CloudEvent>();
  readonly #onRefused: OutboxOptions["onRefused"];

  constructor({ kept, onRefused }: OutboxOptions) {
    for (const event of kept) this.#events.set(event.id, event);
    this.#onRefused = onRefused;
  }

  /** `replaces`: a waiting event with the same key is replaced by this one. */
  put(event: CloudEvent, replaces: string = event.id): void {
    this.#events.delete(replaces);
    this.#events.set(replaces, event);
    if (this.#events.size <= maxWaiting) return;
    const [oldest] = this.#events as unknown as [[string, CloudEvent]];
    this.#events.delete(oldest[0]);
    this.#onRefused(oldest[1], `${maxWaiting} newer events wait to be sent, and none is accepted`);
  }

  /** What should outlive the process: an old heartbeat or gauge is useless. */
  keep(): CloudEvent[] {
    const kinds: string[] = ["tidemark.hour-closed.v1", "tidemark.deployment.v1"];
    return [...this.#events.values()].filter(({ type }) => kinds.includes(type));
  }

  /** Sends what is waiting now and not held back. A clock that was set back leaves times in the future: none was observed later than now. */
  async send(delivery: Delivery, nowMs: number, ruleOn: (event: CloudEvent) => Rule): Promise<void> {
    const waiting: Waiting[] = [];
    for (const [key, event] of this.#events) {
      const rule = ruleOn(event);
      if (rule === "wait") continue;
      if (rule === "drop") this.#events.delete(key);
      else waiting.push([key, event]);
      if (Date.parse(event.time) > nowMs) event.time = new Date(nowMs).toISOString();
    }
    for (let at = 0; at < waiting.length; at += maxInRequest)
      await this.#sendSome(delivery, waiting.slice(at, at + maxInRequest));
  }

  async #sendSome(delivery: Delivery, waiting: readonly Waiting[], isProven = false): Promise<void> {
    if (waiting.length === 0) return;
    const refused = await delivery.deliver(waiting.map(([, event]) => event));
    if (refused === null) return this.#taken(waiting);
    const faults = new Map(refused.faults.flatMap((fault) => (fault.event === null ? [] : [[fault.event, fault]])));
    const others = waiting.filter((_, index) => !faults.has(index));
    if (others.length < waiting.length) {
      for (const [index, each] of waiting.entries()) this.#refused(each, faults.get(index));
      return refused.othersTaken ? this.#taken(others) : this.#sendSome(delivery, others, isProven);
    }
    // No event is named. A request without events shows whether they are at fault.
    if (!isProven && (await delivery.deliver([])) !== null) return;
    if (waiting.length === 1) return this.#refused(waiting[0] as Waiting, wholeFault(refused));
    const middle = Math.ceil(waiting.length / 2);
    await this.#sendSome(delivery, waiting.slice(0, middle), true);
    await this.#sendSome(delivery, waiting.slice(middle), true);
  }

  #refused([key, event]: Waiting, fault: Fault | undefined): void {
    // For a time in the future the clock is at fault, not the event: it is resent with a valid time.
    if (fault === undefined || fault.pointer === "/time" || fault.retryAfterMs !== null) return;
    this.#drop(key, event);
    this.#onRefused(event, `${fault.pointer} ${fault.detail}`.trim());
  }

  #taken(waiting: readonly Waiting[]): void {
    for (const [key, event] of waiting) this.#drop(key, event);
  }

  /** Unless something newer replaced it meanwhile. */
  #drop(key: string, event: CloudEvent): void {
    if (this.#events.get(key) === event) this.#events.delete(key);
  }
}

function wholeFault({ message, faults }: Refused): Fault {
  return faults[0] ?? { event: 0, pointer: "", detail: message, retryAfterMs: null };
}
