/** A check's finding: a sentence, and what to do if something is wrong. */
export interface Finding {
  readonly verdict: "ok" | "note" | "bad";
  readonly sentence: string;
}

export const ok = (sentence: string): Finding => ({ verdict: "ok", sentence });
/** Nothing is wrong, but worth knowing. */
export const note = (sentence: string): Finding => ({ verdict: "note", sentence });
export const bad = (sentence: string): Finding => ({ verdict: "bad", sentence });

/** The error's own message, without its trace. */
export function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  if (error instanceof AggregateError && error.errors.length > 0) return reasonOf(error.errors[0]);
  return error.cause instanceof Error ? reasonOf(error.cause) : error.message || error.name;
}
