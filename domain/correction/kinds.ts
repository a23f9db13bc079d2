import { addHours, type Hour } from "../hour.ts";
import type { Stage } from "../protocol/messages.ts";
import type { Holder, HolderScope } from "./set-aside.ts";

export const correctionActions = ["discard-counts", "reset-watermark", "accept-hour"] as const;
export type CorrectionAction = (typeof correctionActions)[number];

export const correctionFields = ["eventType", "datacenter", "stage", "reporter", "from", "to", "after"] as const;
export type CorrectionField = (typeof correctionFields)[number];

/** What a correction covers, as the API writes it; null: any, or without a bound. */
type WrittenScope = Record<Exclude<CorrectionField, "stage">, string | null> & { stage: Stage | null };

/** What the API, the pages and the CLI say of an action. Every kind also requires a reason. */
interface CorrectionKind {
  /** `omitted`: what leaving an optional field out means. */
  fields: readonly { key: CorrectionField; omitted?: string }[];
  /** `to` if it is left out; otherwise there is no bound. */
  defaultTo?(from: Hour): Hour;
  title: string;
  what: string;
  button: string;
  /** What happens to the hours in a preview. */
  foreseen: string;
  /** A correction in one line. */
  words(scope: WrittenScope): string;
  /** Which facts it sets aside as they are ingested; null: none. */
  toHolder: ((scope: HolderScope) => Holder | null) | null;
}

export const correctionKinds: Readonly<Record<CorrectionAction, CorrectionKind>> = {
  "discard-counts": {
    fields: [
      { key: "eventType" },
      { key: "datacenter" },
      { key: "stage", omitted: "all" },
      { key: "reporter", omitted: "all" },
      { key: "from", omitted: "no bound" },
      { key: "to", omitted: "no bound" },
    ],
    title: "Discard counts",
    what: "Sets wrong counts aside. Later reports count as usual. Undo to count these again.",
    button: "Discard counts",
    foreseen: "would be judged again",
    words(scope) {
      const what = scope.stage === null ? "counts" : `${scope.stage} counts`;
      const whose = scope.reporter === null ? "" : ` by ${scope.reporter}`;
      return `${scope.datacenter}: ${what} of ${scope.eventType}${whose}, ${hoursOf(scope)}, set aside`;
    },
    toHolder: ({ eventType, after: _, ...scope }) => (eventType === null ? null : { counts: { ...scope, eventType } }),
  },
  "reset-watermark": {
    fields: [{ key: "datacenter" }, { key: "after" }, { key: "eventType", omitted: "every event type" }],
    title: "Reset watermark",
    what: "Sets aside watermarks and end-of-hour markers that close hours ending after an instant. The hours are open again until a new mark closes them.",
    button: "Reset watermark",
    foreseen: "would be judged again",
    words: ({ datacenter, eventType, after }) =>
      `${datacenter}: marks of ${eventType ?? "every event type"} after ${after} set aside`,
    toHolder: ({ id, eventType, dc, after, observedThrough }) =>
      after && { marks: { id, eventType, dc, after, observedThrough } },
  },
  "accept-hour": {
    fields: [{ key: "eventType" }, { key: "from" }, { key: "to", omitted: "one hour after from" }],
    defaultTo: (from) => addHours(from, 1),
    title: "Accept hours",
    what: "Lets jobs read hours that will not become complete. State and figures stay. Acceptance ends if the figures get worse.",
    button: "Accept",
    foreseen: "would be accepted",
    words: (scope) => `${scope.eventType}: ${hoursOf(scope)} accepted`,
    toHolder: null,
  },
};

function hoursOf({ from, to }: WrittenScope): string {
  if (from === null && to === null) return "all hours";
  if (from === null) return `hours before ${to}`;
  if (to === null) return `hours from ${from}`;
  return isOneHour(from, to) ? `hour ${from}` : `hours ${from} to ${to}`;
}

function isOneHour(from: string, to: string): boolean {
  return Date.parse(`${to}:00Z`) - Date.parse(`${from}:00Z`) === 3_600_000;
}
