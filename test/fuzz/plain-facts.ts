import type { Message } from "#domain/protocol.ts";

/** A correction as the API answered it; null: any, or without a bound. */
export interface PlainCorrection {
  id: string;
  action: string;
  eventType: string | null;
  datacenter: string | null;
  stage: string | null;
  reporter: string | null;
  from: string | null;
  to: string | null;
  after: string | null;
  observedThrough: string | null;
}

interface Said {
  eventType: string;
  dc: string;
  timeMs: number;
  /** Its position among all messages and corrections. */
  order: number;
}

interface SaidCount extends Said {
  stage: string;
  reporter: string;
  hourMs: number;
  landedMs: number;
  epoch: number;
  events: number;
}

interface SaidMark extends Said {
  /** It closes the hour that ends then, and for a watermark every earlier one too. */
  endMs: number;
  isWatermark: boolean;
}

interface Covering {
  correction: PlainCorrection;
  order: number;
  throughMs: number;
}

/** The facts that count. */
export interface PlainReading {
  /** By `hour stage dc\ntype`, then by `landed hour reporter`. */
  counts: Map<string, Map<string, { epoch: number; events: number; landedMs: number }>>;
  /** `hour dc`: produced counts of some type were reported. */
  produced: Set<string>;
  /** By `dc\ntype`, then by reporter: the hours of its produced counts. */
  reporters: Map<string, Map<string, Set<number>>>;
  /** By `dc\ntype`, then by the end of an hour: the earliest time reported, of watermarks and of markers. */
  closings: Map<string, { watermarks: Map<number, number>; markers: Map<number, number> }>;
  /** By `dc\nreporter`: the latest time that it reported `final`. */
  finals: ReadonlyMap<string, number>;
}

/**
 * Everything ever reported, fact by fact, and the corrections that cover some of it. Merging happens only on read: a fact counts
 * unless an active correction covers it.
 */
export class PlainFacts {
  #counts: SaidCount[] = [];
  #marks: SaidMark[] = [];
  readonly #finals = new Map<string, number>();
  readonly #lastSeenMs = new Map<string, number>();
  readonly #corrections: Covering[] = [];
  #order = 0;

  add(message: Message): void {
    const order = ++this.#order;
    const timeMs = message.time.getTime();
    if (message.dc !== null)
      this.#lastSeenMs.set(message.dc, Math.max(timeMs, this.#lastSeenMs.get(message.dc) ?? timeMs));
    if (message.kind === "counters") {
      const { dc, stage, reporter, epoch, final } = message;
      const key = `${dc}\n${reporter}`;
      if (final) this.#finals.set(key, Math.max(timeMs, this.#finals.get(key) ?? timeMs));
      for (const { eventType, hour, landedHour, events } of message.reports) {
        const [hourMs, landedMs] = [hour.getTime(), landedHour.getTime()];
        this.#counts.push({ eventType, dc, stage, reporter, epoch, events, hourMs, landedMs, timeMs, order });
      }
    }
    if (message.kind === "watermark") {
      for (const { eventType, watermark } of message.marks) {
        const endMs = Math.floor(watermark.getTime() / hourMs) * hourMs;
        this.#marks.push({ eventType, dc: message.dc, endMs, isWatermark: true, timeMs, order });
      }
    }
    if (message.kind === "hour-closed") {
      for (const { eventType, hour } of message.marks) {
        const endMs = hour.getTime() + hourMs;
        this.#marks.push({ eventType, dc: message.dc, endMs, isWatermark: false, timeMs, order });
      }
    }
  }

  /** Returns up to when observations are set aside: the latest message time of its datacenter, at most now. */
  correct(correction: PlainCorrection, now: Date): Date {
    const lastMs = this.#lastSeenMs.get(correction.datacenter ?? "") ?? now.getTime();
    const before = this.#corrections.filter((each) => each.correction.datacenter === correction.datacenter);
    const throughMs = Math.max(Math.min(now.getTime(), lastMs), ...before.map((each) => each.throughMs));
    this.#corrections.push({ correction, order: ++this.#order, throughMs });
    return new Date(throughMs);
  }

  undo(id: string): void {
    const at = this.#corrections.findIndex((each) => each.correction.id === id);
    if (at >= 0) this.#corrections.splice(at, 1);
  }

  /** An unclaimed name was deleted, with everything reported under it. */
  forget(field: "eventType" | "dc" | "reporter", name: string): void {
    this.#counts = this.#counts.filter((each) => each[field] !== name);
    if (field !== "reporter") this.#marks = this.#marks.filter((each) => each[field] !== name);
    if (field === "dc") this.#lastSeenMs.delete(name);
    for (const key of this.#finals.keys()) {
      const [dc, reporter] = key.split("\n");
      if ((field === "dc" ? dc : field === "reporter" ? reporter : null) === name) this.#finals.delete(key);
    }
  }

  read(): PlainReading {
    const reading: PlainReading = {
      counts: new Map(),
      produced: new Set(),
      reporters: new Map(),
      closings: new Map(),
      finals: this.#finals,
    };
    const byDatacenter = Map.groupBy(this.#corrections, ({ correction }) => correction.datacenter ?? "");
    const isCovered = <Each extends Said>(said: Each, names: (correction: PlainCorrection, said: Each) => boolean) =>
      (byDatacenter.get(said.dc) ?? []).some(
        (each) => (said.timeMs <= each.throughMs || said.order < each.order) && names(each.correction, said),
      );
    for (const count of this.#counts) if (!isCovered(count, namesCount)) readCount(reading, count);
    for (const mark of this.#marks) if (!isCovered(mark, namesMark)) readMark(reading, mark);
    return reading;
  }
}

export const hourMs = 3_600_000;
const hourText = (text: string) => Date.parse(`${text}:00:00Z`);

function namesCount(correction: PlainCorrection, count: SaidCount): boolean {
  const { action, eventType, stage, reporter, from, to } = correction;
  return (
    action === "discard-counts" &&
    eventType === count.eventType &&
    (stage === null || stage === count.stage) &&
    (reporter === null || reporter === count.reporter) &&
    (from === null || count.hourMs >= hourText(from)) &&
    (to === null || count.hourMs < hourText(to))
  );
}

function namesMark({ action, eventType, after }: PlainCorrection, mark: SaidMark): boolean {
  return (
    action === "reset-watermark" &&
    (eventType === null || eventType === mark.eventType) &&
    mark.endMs > Date.parse(after ?? "")
  );
}

function readCount({ counts, produced, reporters }: PlainReading, count: SaidCount): void {
  const { eventType, dc, stage, reporter, landedMs, epoch, events } = count;
  const row = memberOf(counts, `${count.hourMs} ${stage} ${dc}\n${eventType}`, () => new Map());
  const of = `${landedMs} ${reporter}`;
  const known = row.get(of);
  const isNewer = !known || epoch > known.epoch || (epoch === known.epoch && events > known.events);
  if (isNewer) row.set(of, { epoch, events, landedMs });
  if (stage !== "produced") return;
  produced.add(`${count.hourMs} ${dc}`);
  const lane = memberOf(reporters, `${dc}\n${eventType}`, () => new Map<string, Set<number>>());
  memberOf(lane, reporter, () => new Set<number>()).add(count.hourMs);
}

function readMark({ closings }: PlainReading, { eventType, dc, endMs, timeMs, isWatermark }: SaidMark): void {
  const lane = memberOf(closings, `${dc}\n${eventType}`, () => ({ watermarks: new Map(), markers: new Map() }));
  const times = isWatermark ? lane.watermarks : lane.markers;
  times.set(endMs, Math.min(timeMs, times.get(endMs) ?? timeMs));
}

function memberOf<Key, Value>(map: Map<Key, Value>, key: Key, make: () => Value): Value {
  const known = map.get(key);
  if (known !== undefined) return known;
  const made = make();
  map.set(key, made);
  return made;
}
