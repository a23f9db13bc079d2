import type { CountersData, Stage } from "./messages.ts";

/** One cumulative count. */
export interface Tally {
  stage: Stage;
  /** Under which name it is reported. */
  reporter: string;
  eventType: string;
  hour: string;
  landedHour: string;
  events: number;
  bytes: number;
  malformed: number;
  /** The last change, in milliseconds: what is quiet for long is forgotten. */
  changedAtMs: number;
  /** The count that was sent and taken; -1: none was. */
  sentEvents: number;
}

export interface Counted {
  stage: Stage;
  eventType: string;
  hour: string;
  landedHour: string;
  events: number;
  bytes: number;
  malformed: number;
}

const maxReportsInMessage = 1_000;
/** Tidemark refuses a message of more, whole: a few events with wild times would keep all others from being told. */
const maxMonthsInMessage = 36;

/**
 * Cumulative counts. Tidemark takes the largest of a reporter's counts, so sending one twice, late or out of order does no
 * harm, and a count that began again at zero would be lost: what is forgotten is counted on under another name.
 */
export class Tallies {
  readonly #tallies = new Map<string, Tally>();
  #reporter: string;

  constructor(reporter: string, kept: readonly Tally[]) {
    this.#reporter = reporter;
    for (const tally of kept) this.#tallies.set(keyOf(tally, tally.reporter), { ...tally });
  }

  add(counted: Counted, nowMs: number): void {
    const key = keyOf(counted, this.#reporter);
    const tally = this.#tallies.get(key) ?? begin(counted, this.#reporter);
    tally.events += counted.events;
    tally.bytes += counted.bytes;
    tally.malformed += counted.malformed;
    tally.changedAtMs = nowMs;
    this.#tallies.set(key, tally);
  }

  /** What was not taken yet, in messages of one stage and reporter each, with what to call once a message was taken. */
  unsent(dc: string): { data: CountersData; taken(): void }[] {
    const groups = new Map<string, Tally[]>();
    for (const tally of this.#tallies.values()) {
      if (tally.events === tally.sentEvents) continue;
      const key = JSON.stringify([tally.stage, tally.reporter]);
      groups.set(key, [...(groups.get(key) ?? []), tally]);
    }
    return [...groups.values()].flatMap((group) => chunks(group).map((tallies) => messageOf(dc, tallies)));
  }

  /** Forgets what was taken and is quiet since the instant. Whatever comes for it later is counted as `nextReporter`. */
  forget(quietSinceMs: number, nextReporter: string): void {
    let forgot = false;
    for (const [key, tally] of this.#tallies) {
      if (tally.changedAtMs >= quietSinceMs || tally.events !== tally.sentEvents) continue;
      this.#tallies.delete(key);
      forgot = true;
    }
    if (forgot) this.#reporter = nextReporter;
  }

  /** All of them and the name to go on under, to be kept over a restart. */
  keep(): { reporter: string; tallies: Tally[] } {
    return { reporter: this.#reporter, tallies: [...this.#tallies.values()].map((tally) => ({ ...tally })) };
  }
}

function begin({ stage, eventType, hour, landedHour }: Counted, reporter: string): Tally {
  const zero = { events: 0, bytes: 0, malformed: 0, changedAtMs: 0, sentEvents: -1 };
  return { stage, reporter, eventType, hour, landedHour, ...zero };
}

function keyOf(
  { stage, eventType, hour, landedHour }: Pick<Tally, "stage" | "eventType" | "hour" | "landedHour">,
  reporter: string,
): string {
  return JSON.stringify([stage, reporter, eventType, hour, landedHour]);
}

function chunks(tallies: Tally[]): Tally[][] {
  const all: Tally[][] = [];
  let chunk: Tally[] = [];
  let months = new Set<string>();
  for (const tally of tallies) {
    const month = tally.hour.slice(0, 7);
    const isFull = chunk.length === maxReportsInMessage || (months.size === maxMonthsInMessage && !months.has(month));
    if (chunk.length === 0 || isFull) {
      chunk = [];
      months = new Set();
      all.push(chunk);
    }
    chunk.push(tally);
    months.add(month);
  }
  return all;
}

function messageOf(dc: string, tallies: Tally[]): { data: CountersData; taken(): void } {
  const [{ stage, reporter }] = tallies as [Tally];
  const sent = tallies.map((tally) => ({ tally, events: tally.events }));
  const reports = tallies.map(({ eventType, hour, landedHour, events, bytes, malformed }) => ({
    eventType,
    hour,
    ...(landedHour === hour ? {} : { landedHour }),
    events,
    ...(bytes === 0 ? {} : { bytes }),
    ...(malformed === 0 ? {} : { malformed }),
  }));
  return {
    data: { dc, stage, reporter, reports },
    taken: () => {
      for (const { tally, events } of sent) tally.sentEvents = events;
    },
  };
}
