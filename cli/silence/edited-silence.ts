import type { SilenceJson } from "#domain/api/silences.ts";
import { CliError } from "../cli-error.ts";

export interface EditOptions {
  reason?: string;
  from?: string;
  for?: string;
  until?: string;
  /** false: it no longer repeats. */
  recurrence?: SilenceJson["recurrence"] | false;
}

/** The body that replaces a silence: its own fields, and on top those that were named. */
export function editedSilence(
  { matchers, startsAt, endsAt, recurrence, reason }: SilenceJson,
  newMatchers: readonly string[],
  options: EditOptions,
) {
  if (newMatchers.length === 0 && Object.values(options).every((option) => option === undefined))
    throw new CliError(
      "Nothing to change. Name matchers, --reason, --from, --for, --until, --recurrence or --no-recurrence.",
    );
  // With both, the API says that only one of the two may be given.
  const end = { ...(options.for !== undefined && { duration: options.for }), endsAt: options.until };
  return {
    matchers: newMatchers.length === 0 ? matchers : [...newMatchers],
    startsAt: options.from ?? startsAt,
    ...(options.for === undefined && options.until === undefined ? { endsAt } : end),
    recurrence: options.recurrence === undefined ? recurrence : options.recurrence || null,
    reason: options.reason ?? reason,
  };
}
