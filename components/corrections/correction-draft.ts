import type { CorrectionBody } from "#components/api/corrections.ts";
import { type CorrectionAction, type CorrectionField, correctionFields, correctionKinds } from "#domain/correction.ts";
import { stages } from "#domain/protocol/messages.ts";

export type DraftFields = Record<CorrectionField | "reason", string>;

interface Field {
  key: CorrectionField;
  label: string;
  required: boolean;
  placeholder?: string;
  options?: readonly { value: string; label: string }[];
}

const hourPlaceholder = "2026-11-22T13";
const all: Record<CorrectionField, Omit<Field, "key" | "required">> = {
  eventType: { label: "Event type" },
  datacenter: { label: "Datacenter" },
  stage: {
    label: "Stage",
    options: [{ value: "", label: "all" }, ...stages.map((stage) => ({ value: stage, label: stage }))],
  },
  reporter: { label: "Reporter" },
  from: { label: "From hour (UTC, included)", placeholder: hourPlaceholder },
  to: { label: "To hour (UTC, excluded)", placeholder: hourPlaceholder },
  after: { label: "After (UTC instant)", placeholder: "2026-11-22T13:00:00Z" },
};

export function fieldsOf(action: CorrectionAction): Field[] {
  return correctionKinds[action].fields.map(({ key, omitted }) => ({
    key,
    required: omitted === undefined,
    ...(omitted !== undefined && { placeholder: omitted }),
    ...all[key],
  }));
}

export function isFilled(action: CorrectionAction, fields: DraftFields): boolean {
  return fieldsOf(action).every(({ key, required }) => !required || fields[key].trim() !== "");
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
  const written = Object.fromEntries(correctionFields.map((key) => [key, text(key)]));
  return { ...(written as Record<CorrectionField, string>), reason: "" };
}
