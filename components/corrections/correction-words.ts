import type { CorrectionJson } from "#domain/api/corrections.ts";
import { type CorrectionField, correctionKinds } from "#domain/correction.ts";

type Scope = Pick<CorrectionJson, "action" | CorrectionField>;

/** What a correction does, in one line. */
export function correctionWords(correction: Scope): string {
  return correctionKinds[correction.action].words(correction);
}

/** The correction form for this, filled in as far as known. */
export function newCorrectionHref(fields: Record<string, string>): string {
  return `/corrections/new?${new URLSearchParams(fields)}`;
}
