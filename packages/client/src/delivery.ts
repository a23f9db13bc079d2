import { setTimeout as sleep } from "node:timers/promises";
import type { CloudEvent } from "./messages.ts";
import { type Fault, Refused, type Transport, Unreachable } from "./transport.ts";

const firstPauseMs = 500;
const longestPauseMs = 60_000;
/** A receiver that wants a longer wait must ask for it again. */
const longestAskedMs = 3_600_000;

export interface DeliveryOptions {
  transport: Transport;
  onError: (error: Error) => void;
  /** Ends attempts and pauses. */
  signal: AbortSignal;
}

/** Retries until events are accepted or refused. */
export class Delivery {
  readonly #options: DeliveryOptions;
  #failures = 0;

  constructor(options: DeliveryOptions) {
    this.#options = options;
  }

  /** null: accepted. Throws if it is to end. */
  async deliver(events: readonly CloudEvent[]): Promise<Refused | null> {
    const { transport, onError, signal } = this.#options;
    for (;;) {
      signal.throwIfAborted();
      try {
        await transport.send(events, signal);
        this.#failures = 0;
        return null;
      } catch (error) {
        signal.throwIfAborted();
        onError(error as Error);
        if (error instanceof Refused) return error;
        await this.#pause(error instanceof Unreachable ? error.retryAfterMs : null);
      }
    }
  }

  async #pause(askedMs: number | null): Promise<void> {
    const grown = Math.min(longestPauseMs, firstPauseMs * 2 ** this.#failures);
    this.#failures += 1;
    // Half of it is jitter, so that a thousand reporters do not come back at once.
    const ms = askedMs === null ? grown / 2 + (Math.random() * grown) / 2 : Math.max(askedMs, firstPauseMs);
    await sleep(Math.min(ms, longestAskedMs), undefined, { signal: this.#options.signal });
  }
}

/** How a list of entries becomes one event, and what happens to each. */
export interface Dividing<Entry> {
  list: "reports" | "marks";
  eventOf(entries: readonly Entry[]): CloudEvent;
  taken(entries: readonly Entry[]): void;
  /** Refused for good. */
  refused(entry: Entry, detail: string): void;
  /** Refused for now. */
  heldBack(entry: Entry, ms: number): void;
}

/**
 * Sends entries in one event. If refused, it is split, by the faults' JSON pointers or in halves, until only the invalid ones
 * are left. If the fault is not in the entries (the clock, the datacenter's name, a gateway's own 400), all are kept.
 */
export async function deliverDivided<Entry>(
  delivery: Delivery,
  entries: readonly Entry[],
  dividing: Dividing<Entry>,
  isProven = false,
): Promise<void> {
  if (entries.length === 0) return;
  const refused = await delivery.deliver([dividing.eventOf(entries)]);
  if (refused === null) return dividing.taken(entries);
  const faulty = faultyEntries(refused.faults, dividing.list, entries.length);
  if (faulty === "not the entries") return;
  if (faulty !== "unknown") {
    for (const [index, fault] of faulty) refuse(entries[index] as Entry, fault, dividing);
    const others = entries.filter((_, index) => !faulty.has(index));
    return deliverDivided(delivery, others, dividing, isProven);
  }
  const [whole] = refused.faults;
  // Without pointers, sending an event without entries shows whether they are at fault.
  if (!isProven && (await delivery.deliver([dividing.eventOf([])])) !== null) {
    if (whole) for (const entry of entries) if (whole.retryAfterMs !== null) refuse(entry, whole, dividing);
    return;
  }
  if (entries.length === 1) {
    const detail = whole ? sayFault(whole) : refused.message;
    return refuse(entries[0] as Entry, { detail, retryAfterMs: whole?.retryAfterMs ?? null }, dividing);
  }
  const middle = Math.ceil(entries.length / 2);
  await deliverDivided(delivery, entries.slice(0, middle), dividing, true);
  await deliverDivided(delivery, entries.slice(middle), dividing, true);
}

type Reason = Pick<Fault, "detail" | "retryAfterMs">;

function refuse<Entry>(entry: Entry, { detail, retryAfterMs }: Reason, dividing: Dividing<Entry>): void {
  if (retryAfterMs === null) dividing.refused(entry, detail);
  else dividing.heldBack(entry, retryAfterMs);
}

function sayFault({ pointer, detail }: Fault): string {
  return `${pointer} ${detail}`.trim();
}

function faultyEntries(
  faults: readonly Fault[],
  list: string,
  length: number,
): ReadonlyMap<number, Reason> | "unknown" | "not the entries" {
  const faulty = new Map<number, Reason>();
  for (const fault of faults) {
    const match = new RegExp(`^/data/${list}(?:/(\\d+)(?:/.*)?)?$`).exec(fault.pointer);
    if (!match && fault.pointer !== "") return "not the entries";
    const index = Number(match?.[1] ?? Number.NaN);
    if (index < length && !faulty.has(index)) faulty.set(index, { ...fault, detail: sayFault(fault) });
  }
  // About the list as a whole, too long or of too many months: halve it.
  return faulty.size === 0 ? "unknown" : faulty;
}
