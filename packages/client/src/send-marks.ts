import { type Delivery, deliverDivided } from "./delivery.ts";
import type { Marks, Saying, Step } from "./marks.ts";
import type { CloudEvent, EventData } from "./messages.ts";
import type { Refusal } from "./refusal.ts";

export const keptOpen = "counts of this hour were refused, so nothing of this reporter closes it";

export interface SendMarksInput {
  dc: string;
  delivery: Delivery;
  marks: Marks;
  steps: readonly Step[];
  /** For each type the first hour with a count not accepted yet. */
  untaken: ReadonlyMap<string, string>;
  event<Type extends keyof EventData>(type: Type, data: EventData[Type], time: Date): CloudEvent<Type>;
  refuse(refusal: Refusal): void;
}

/** One message per time of first sight, oldest first: that time is when the hours closed. */
export async function sendMarks(input: SendMarksInput): Promise<void> {
  const { marks, steps, untaken } = input;
  const times = new Map<number, Step[]>();
  for (const step of steps) times.set(step.observedAtMs, [...(times.get(step.observedAtMs) ?? []), step]);
  for (const [ms, seen] of [...times].sort(([a], [b]) => a - b)) {
    const sayings = seen.map((step) => marks.sayingOf(step, untaken));
    await sendAt(input, new Date(ms), sayings);
  }
}

async function sendAt(input: SendMarksInput, at: Date, sayings: readonly Saying[]): Promise<void> {
  const { dc, delivery, marks, event, refuse } = input;
  const hours = sayings.flatMap(({ step: { eventType }, hours }) => hours.map((hour) => ({ eventType, hour })));
  await deliverDivided(delivery, hours, {
    list: "marks",
    eventOf: (entries) => event("tidemark.hour-closed.v1", { dc, marks: [...entries] }, at),
    taken: () => undefined,
    heldBack: () => undefined,
    refused: (mark, detail) =>
      refuse({ what: "event", event: event("tidemark.hour-closed.v1", { dc, marks: [mark] }, at), detail }),
  });
  const markOf = ({ step: { eventType }, watermarkMs }: Saying) => ({
    eventType,
    watermark: new Date(watermarkMs ?? 0).toISOString(),
  });
  const said = (saying: Saying) => {
    const { keptOpen: hour, step } = saying;
    if (hour !== null) refuse({ what: "hour kept open", eventType: step.eventType, hour, detail: keptOpen });
    marks.said(saying);
  };
  for (const saying of sayings) if (saying.watermarkMs === null) said(saying);
  const moving = sayings.filter(({ watermarkMs }) => watermarkMs !== null);
  await deliverDivided(delivery, moving, {
    list: "marks",
    eventOf: (entries) => event("tidemark.watermark.v1", { dc, marks: entries.map(markOf) }, at),
    taken: (entries) => entries.forEach(said),
    heldBack: () => undefined,
    refused: (saying, detail) => {
      refuse({ what: "event", event: event("tidemark.watermark.v1", { dc, marks: [markOf(saying)] }, at), detail });
      said(saying);
    },
  });
}
