import type { CorrectionBody } from "#components/api/corrections.ts";
import { type CorrectionAction, type CorrectionField, correctionFields, correctionKinds } from "#domain/correction.ts";

export type DraftFields = Record<CorrectionField | "reason", string>;

/** `omitted`: what leaving a field empty means; undefined: it is required. */
export function fieldsOf(action: CorrectionAction): { key: CorrectionField; omitted: string | undefined }[] {
  return correctionKinds[action].fields.map(({ key, omitted }) => ({ key, omitted }));
}

export function isFilled(action: CorrectionAction, fields: DraftFields): boolean {
  return fieldsOf(action).every(({ key, omitted }) => omitted !== undefined || fields[key].trim() !== "");
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
