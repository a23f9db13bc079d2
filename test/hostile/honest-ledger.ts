import { formatHour, type Hour, hourEnd } from "#domain/hour.ts";
import type { Stage } from "#domain/protocol.ts";
import { type CloudEvent, countersMessage, watermarkMessage } from "#simulator/messages.ts";

export const honestTypes = Array.from({ length: 20 }, (_, at) => `Honest${String(at).padStart(2, "0")}`);
export const honestDatacenters = ["west", "east"] as const;
const stages = ["produced", "delivered"] as const;
type Counted = (typeof stages)[number];
const typesOfMessage = 10;

/** What the hour of a type comes to, whatever was sent when and how often. */
export interface Expected {
  produced: number;
  delivered: number;
  state: "complete" | "incomplete";
}

/**
 * What honest reporters counted in one ended hour, and the oracle of what must be stored and said of it: nothing is lost of types with even
 * numbers, and a tenth of the others.
 */
export class HonestLedger {
  readonly #hour: Hour;
  /** By reporter, type and stage. */
  readonly #counts = new Map<string, number>();
  /** By type and stage, over all reporters. */
  readonly #totals = new Map<string, number>();
  #messages = 0;

  constructor(hour: Hour) {
    this.#hour = hour;
  }

  /** The next cumulative counts of a datacenter's two stages, as one reporter counts them. */
  count(reporter: string): CloudEvent[] {
    const turn = this.#messages;
    this.#messages += 1;
    const dc = honestDatacenters[turn % honestDatacenters.length] as (typeof honestDatacenters)[number];
    const first = (turn >> 1) % 2 === 0 ? 0 : typesOfMessage;
    const types = honestTypes.slice(first, first + typesOfMessage);
    return stages.map((stage) => {
      const reports = types.map((eventType) => ({
        ...{ eventType, hour: formatHour(this.#hour) },
        events: this.#add(dc, reporter, eventType, stage),
      }));
      return countersMessage({
        dc,
        instance: reporter,
        at: new Date(),
        stage: stage as Stage,
        about: `${turn}`,
        reports,
      });
    });
  }

  /** Closes the hour at each datacenter. */
  close(): CloudEvent[] {
    const marks = honestTypes.map((eventType) => ({ eventType, watermark: hourEnd(this.#hour) }));
    return honestDatacenters.map((dc) =>
      watermarkMessage({ dc, instance: "honest", at: new Date(), about: "close", marks }),
    );
  }

  expected(eventType: string): Expected {
    const sum = (stage: Counted) => this.#totals.get(totalKey(eventType, stage)) ?? 0;
    const [produced, delivered] = [sum("produced"), sum("delivered")];
    return { produced, delivered, state: produced === delivered ? "complete" : "incomplete" };
  }

  #add(dc: string, reporter: string, eventType: string, stage: Counted): number {
    const key = JSON.stringify([dc, reporter, eventType, stage]);
    const loses = stage === "delivered" && honestTypes.indexOf(eventType) % 2 === 1;
    const more = loses ? 900 : 1_000;
    const events = (this.#counts.get(key) ?? 0) + more;
    this.#counts.set(key, events);
    const total = totalKey(eventType, stage);
    this.#totals.set(total, (this.#totals.get(total) ?? 0) + more);
    return events;
  }
}

const totalKey = (eventType: string, stage: Counted) => `${eventType} ${stage}`;
