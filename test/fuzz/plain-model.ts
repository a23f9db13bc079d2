import type { Message } from "#domain/protocol.ts";

const hourMs = 3_600_000;

/** What the catalogue says of a type, in its API's own words. */
export interface PlainTerms {
  name: string;
  deadlineMs: number;
  settleMs: number;
  maxLost: number;
  maxDuplicated: number;
}

export interface PlainVerdict {
  state: string;
  produced: bigint;
  delivered: bigint;
  lost: bigint;
  duplicated: bigint;
}

interface Count {
  epoch: number;
  events: number;
}

/**
 * The contract read by somebody else: counts in a map, closings hour by hour, nothing of the product's merging and judging. It is
 * slow and needs no care about memory, which is why it can be believed.
 */
export class PlainModel {
  readonly #counts = new Map<string, Map<string, Count>>();
  readonly #produced = new Set<string>();
  readonly #closedAt = new Map<string, number>();
  readonly #firstMs: number;
  readonly #types: ReadonlySet<string>;

  /** Closings are kept of these types' hours from the first on. */
  constructor(types: readonly string[], first: Date) {
    this.#types = new Set(types);
    this.#firstMs = first.getTime();
  }

  add(message: Message): void {
    if (message.kind === "counters") {
      const { dc, stage, reporter, epoch, reports } = message;
      for (const { eventType, hour, landedHour, events } of reports) {
        if (stage === "produced") this.#produced.add(`${hour.getTime()} ${dc}`);
        if (!this.#types.has(eventType)) continue;
        this.#count(`${hour.getTime()} ${stage} ${dc}\n${eventType}`, `${landedHour.getTime()} ${reporter}`, {
          epoch,
          events,
        });
      }
    }
    if (message.kind === "watermark") {
      for (const { eventType, watermark } of message.marks) {
        if (!this.#types.has(eventType)) continue;
        for (let ms = this.#firstMs; ms + hourMs <= watermark.getTime(); ms += hourMs)
          this.#close(eventType, message.dc, ms, message.time);
      }
    }
    if (message.kind === "hour-closed") {
      for (const { eventType, hour } of message.marks) this.#close(eventType, message.dc, hour.getTime(), message.time);
    }
  }

  verdictOf(terms: PlainTerms, hour: Date, expected: readonly string[], now: Date): PlainVerdict {
    const endMs = hour.getTime() + hourMs;
    let closedMs = expected.length === 0 ? Number.POSITIVE_INFINITY : endMs;
    let isKnown = expected.length > 0;
    const sums = { produced: 0n, delivered: 0n, lost: 0n, duplicated: 0n };
    for (const dc of expected) {
      closedMs = Math.max(
        closedMs,
        this.#closedAt.get(`${hour.getTime()} ${dc}\n${terms.name}`) ?? Number.POSITIVE_INFINITY,
      );
      const produced = this.#sum(`${hour.getTime()} produced ${dc}\n${terms.name}`);
      const delivered = this.#sum(`${hour.getTime()} delivered ${dc}\n${terms.name}`);
      const isProducedKnown = this.#produced.has(`${hour.getTime()} ${dc}`);
      sums.delivered += delivered;
      if (!isProducedKnown) {
        isKnown = false;
        continue;
      }
      sums.produced += produced;
      if (produced > delivered) sums.lost += produced - delivered;
      else sums.duplicated += delivered - produced;
    }
    return { ...sums, state: stateOf(sums, isKnown, { endMs, closedMs, nowMs: now.getTime() }, terms) };
  }

  #count(row: string, of: string, count: Count): void {
    const counts = this.#counts.get(row) ?? new Map<string, Count>();
    this.#counts.set(row, counts);
    const known = counts.get(of);
    const isNewer = !known || count.epoch > known.epoch || (count.epoch === known.epoch && count.events > known.events);
    if (isNewer) counts.set(of, count);
  }

  #sum(row: string): bigint {
    let sum = 0n;
    for (const { events } of this.#counts.get(row)?.values() ?? []) sum += BigInt(events);
    return sum;
  }

  #close(eventType: string, dc: string, hour: number, time: Date): void {
    if (!this.#types.has(eventType)) return;
    const key = `${hour} ${dc}\n${eventType}`;
    this.#closedAt.set(key, Math.min(this.#closedAt.get(key) ?? Number.POSITIVE_INFINITY, time.getTime()));
  }
}

function stateOf(
  { produced, lost, duplicated }: Omit<PlainVerdict, "state">,
  isKnown: boolean,
  { endMs, closedMs, nowMs }: { endMs: number; closedMs: number; nowMs: number },
  { deadlineMs, settleMs, maxLost, maxDuplicated }: PlainTerms,
): string {
  if (nowMs < endMs) return "open";
  if (closedMs === Number.POSITIVE_INFINITY) return nowMs > endMs + deadlineMs ? "late" : "closing";
  const isTooMuch = (events: bigint, share: number) =>
    events * 1_000_000_000n > BigInt(Math.round(share * 1e9)) * produced;
  const [losesMuch, doublesMuch] = [isTooMuch(lost, maxLost), isTooMuch(duplicated, maxDuplicated)];
  if (isKnown && !losesMuch && !doublesMuch) return "complete";
  if (nowMs < closedMs + settleMs) return "verifying";
  if (!isKnown) return "unverified";
  return losesMuch ? "incomplete" : "overcounted";
}
