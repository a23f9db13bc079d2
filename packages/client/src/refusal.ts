import type { CloudEvent } from "./messages.ts";
import type { Counted } from "./tallies.ts";

/** Something that will not reach Tidemark, and why. It is not retried; everything else continues. */
export type Refusal =
  /** Tidemark refused this count; later ones of it are refused locally. */
  | { what: "count"; count: Counted & { reporter: string }; detail: string }
  /** The state file held a count that cannot be reported. */
  | { what: "kept count"; tally: unknown; detail: string }
  /** Counts of the hour were refused, so no watermark closes it: it stays open until it is corrected or accepted. */
  | { what: "hour kept open"; eventType: string; hour: string; detail: string }
  | { what: "event"; event: CloudEvent; detail: string };

export function sayRefusal(refusal: Refusal): string {
  const { what, detail } = refusal;
  if (what === "count") {
    const { events, stage, eventType, hour } = refusal.count;
    return `${events} ${stage} events of ${eventType} in ${hour} cannot be reported: ${detail}`;
  }
  if (what === "kept count") return `A count in the state file cannot be reported: ${detail}`;
  if (what === "hour kept open") return `${refusal.eventType} in ${refusal.hour} is not closed: ${detail}`;
  return `A ${refusal.event.type} cannot be reported: ${detail}`;
}
