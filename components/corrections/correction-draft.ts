import type { CorrectionBody } from "#components/api/corrections.ts";
import type { CorrectionAction } from "#domain/correction.ts";
import { stages } from "#domain/protocol/messages.ts";

const keys = ["eventType", "datacenter", "stage", "reporter", "from", "to", "after"] as const;
type Key = (typeof keys)[number];
export type DraftFields = Record<Key | "reason", string>;

export const titles: Record<CorrectionAction, { title: string; what: string; button: string }> = {
  "discard-counts": {
    title: "Discard counts",
    what: "Sets wrong counts aside. Later reports count as usual. Undo to count these again.",
    button: "Discard counts",
  },
  "reset-watermark": {
    title: "Reset watermark",
    what: "Sets aside watermarks and end-of-hour markers that close hours ending after an instant. The hours are open again until a new mark closes them.",
    button: "Reset watermark",
  },
  "accept-hour": {
    title: "Accept hours",
    what: "Lets jobs read hours that will not become complete. State and figures stay. Acceptance ends if the figures get worse.",
    button: "Accept",
  },
};

interface Field {
  key: Key;
  label: string;
  required: boolean;
  placeholder?: string;
  options?: readonly (readonly [value: string, name: string])[];
}

const hourPlaceholder = "2026-11-22T13";
const all: Record<Key, Omit<Field, "key" | "required">> = {
  eventType: { label: "Event type" },
  datacenter: { label: "Datacenter" },
  stage: { label: "Stage", options: [["", "all"], ...stages.map((stage) => [stage, stage] as const)] },
  reporter: { label: "Reporter", placeholder: "all" },
  from: { label: "From hour (UTC, included)", placeholder: hourPlaceholder },
  to: { label: "To hour (UTC, excluded)", placeholder: hourPlaceholder },
  after: { label: "After (UTC instant)", placeholder: "2026-11-22T13:00:00Z" },
};

const ofAction: Record<CorrectionAction, { required: readonly Key[]; optional: readonly Key[] }> = {
  "discard-counts": { required: ["eventType", "datacenter"], optional: ["stage", "reporter", "from", "to"] },
  "reset-watermark": { required: ["datacenter", "after"], optional: ["eventType"] },
  "accept-hour": { required: ["eventType", "from"], optional: ["to"] },
};

export function fieldsOf(action: CorrectionAction): Field[] {
  const { required, optional } = ofAction[action];
  return [...required, ...optional].map((key) => ({
    key,
    ...all[key],
    ...(key === "eventType" && action === "reset-watermark" ? { placeholder: "every event type" } : {}),
    required: required.includes(key),
  }));
}

export function isFilled(action: CorrectionAction, fields: DraftFields): boolean {
  return ofAction[action].required.every((key) => fields[key].trim() !== "");
}

/** The API's input: empty fields are left out. */
export function correctionBody(action: CorrectionAction, fields: DraftFields): CorrectionBody {
  const written = fieldsOf(action).flatMap(({ key }) => {
    const value = fields[key].trim();
    return value === "" ? [] : [[key, value]];
  });
  return { action, ...Object.fromEntries(written), reason: fields.reason };
}

/** The values from the page's URL. */
export function readDraftFields(asked: Readonly<Record<string, string | string[] | undefined>>): DraftFields {
  const text = (key: string) => (typeof asked[key] === "string" ? asked[key].slice(0, 255) : "");
  return { ...(Object.fromEntries(keys.map((key) => [key, text(key)])) as Record<Key, string>), reason: "" };
}
