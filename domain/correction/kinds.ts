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
  required: readonly CorrectionField[];
  /** Each with what leaving it out means. */
  optional: Partial<Record<CorrectionField, string>>;
  /** `to` if it is left out; otherwise there is no bound. */
  defaultTo?(from: Hour): Hour;
  title: string;
  what: string;
  button: string;
  /** The CLI's help, in one line. */
  summary: string;
  /** What happens to the hours in a preview. */
  foreseen: string;
  /** A correction in one line. */
  words(scope: WrittenScope): string;
  /** Which facts it sets aside as they are taken in; null: none. */
  toHolder: ((scope: HolderScope) => Holder | null) | null;
}

export const correctionKinds: Readonly<Record<CorrectionAction, CorrectionKind>> = {
  "discard-counts": {
    required: ["eventType", "datacenter"],
    optional: { stage: "all", reporter: "all", from: "no bound", to: "no bound" },
    title: "Discard counts",
    what: "Sets wrong counts aside. Later reports count as usual. Undo to count these again.",
    button: "Discard counts",
    summary: "set aside counts of an event type from a datacenter; later reports count",
    foreseen: "would be judged again",
    words(scope) {
      const what = scope.stage === null ? "counts" : `${scope.stage} counts`;
      const whose = scope.reporter === null ? "" : ` by ${scope.reporter}`;
      return `${scope.datacenter}: ${what} of ${scope.eventType}${whose}, ${hoursOf(scope)}, set aside`;
    },
    toHolder: ({ eventType, after: _, ...scope }) => (eventType === null ? null : { counts: { ...scope, eventType } }),
  },
  "reset-watermark": {
    required: ["datacenter", "after"],
    optional: { eventType: "every event type" },
    title: "Reset watermark",
    what: "Sets aside watermarks and end-of-hour markers that close hours ending after an instant. The hours are open again until a new mark closes them.",
    button: "Reset watermark",
    summary: "set aside marks that close hours ending after an instant",
    foreseen: "would be judged again",
    words: ({ datacenter, eventType, after }) =>
      `${datacenter}: marks of ${eventType ?? "every event type"} after ${after} set aside`,
    toHolder: ({ id, eventType, dc, after, observedThrough }) =>
      after && { marks: { id, eventType, dc, after, observedThrough } },
  },
  "accept-hour": {
    required: ["eventType", "from"],
    optional: { to: "one hour after from" },
    defaultTo: (from) => addHours(from, 1),
    title: "Accept hours",
    what: "Lets jobs read hours that will not become complete. State and figures stay. Acceptance ends if the figures get worse.",
    button: "Accept",
    summary: "let jobs read hours that will not become complete, while their figures do not get worse",
    foreseen: "would be accepted",
    words: (scope) => `${scope.eventType}: ${hoursOf(scope)} accepted`,
    toHolder: null,
  },
};

/** The fields of an action, required ones first; `omitted`: what leaving it out means. */
export function fieldsOfAction(action: CorrectionAction): { field: CorrectionField; omitted: string | null }[] {
  const { required, optional } = correctionKinds[action];
  const left = correctionFields.flatMap((field) => {
    const omitted = optional[field];
    return omitted === undefined ? [] : [{ field, omitted }];
  });
  return [...required.map((field) => ({ field, omitted: null })), ...left];
}

function hoursOf({ from, to }: WrittenScope): string {
  if (from === null && to === null) return "all hours";
  if (from === null) return `hours before ${to}`;
  if (to === null) return `hours from ${from}`;
  return isOneHour(from, to) ? `hour ${from}` : `hours ${from} to ${to}`;
}

function isOneHour(from: string, to: string): boolean {
  return Date.parse(`${to}:00Z`) - Date.parse(`${from}:00Z`) === 3_600_000;
}
