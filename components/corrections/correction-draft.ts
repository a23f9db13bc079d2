import type { CorrectionBody } from "#components/api/corrections.ts";
import { type PageSearch, textIn } from "#components/ui/page-search.ts";
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
export function readDraftFields(search: PageSearch): DraftFields {
  const written = Object.fromEntries(correctionFields.map((key) => [key, textIn(search, key, 255)]));
  return { ...(written as Record<CorrectionField, string>), reason: "" };
}
