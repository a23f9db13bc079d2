import { z } from "zod";
import { type Parsed, parseSpec } from "../catalogue/parse-spec.ts";
import * as read from "../catalogue/read-fields.ts";
import { formatInstant } from "../instant.ts";
import type { Matcher } from "../routing/matcher.ts";
import { boundedMatchersSpec, matchersSpec } from "../routing/matchers-schema.ts";
import { storedTimeIntervals, timeIntervalsSpec } from "../routing/time/time-interval-schema.ts";

/** A silence must select something: one that matches every alert would hide them all. */
const selects = (matchers: readonly Matcher[]) => matchers.some((matcher) => !matcher.accepts(""));
const selectsAll =
  "must have at least one matcher that does not match a missing label. Otherwise it would silence everything";
const silenceMatchers = boundedMatchersSpec.refine(selects, selectsAll);

const silenceFields = {
  matchers: silenceMatchers,
  /** Defaults to when it was first applied. */
  startsAt: read.instant.optional(),
  recurrence: timeIntervalsSpec.optional(),
  reason: read.prose,
};

/** A silence's document: applying it again updates the silence of its name; an endsAt in the past ends it. */
export const silenceSpec = read
  .object({ ...silenceFields, endsAt: read.instant })
  .superRefine(({ startsAt, endsAt }, context) => {
    if (!startsAt || startsAt < endsAt) return;
    const message = `must be after startsAt, which is ${formatInstant(startsAt)}; found ${formatInstant(endsAt)}`;
    context.addIssue({ code: "custom", path: ["endsAt"], message });
  })
  .meta({ id: "SilenceSpec" });

export type SilenceSpec = z.output<typeof silenceSpec>;

/** A silence's spec from a file; JSON pointers of faults start at the spec. */
export function parseSilence(spec: unknown): Parsed<SilenceSpec> {
  return parseSpec(silenceSpec, spec);
}

/** The part of a draft that its preview needs: what it matches and when; the rest is ignored. */
export const silenceDraft = z
  .object({
    matchers: silenceMatchers,
    startsAt: read.instant.nullish(),
    endsAt: read.instant.nullish(),
    recurrence: timeIntervalsSpec.nullish(),
  })
  .meta({ id: "SilenceDraft" });

const storedSilence = z.object({
  matchers: matchersSpec.refine(selects, selectsAll),
  recurrence: storedTimeIntervals.nullable(),
});

/** What a silence that was accepted once, perhaps before its limits, matches and when. */
export function parseStoredSilence(row: unknown): Parsed<z.output<typeof storedSilence>> {
  return parseSpec(storedSilence, row);
}

/** The fields of the body that creates or replaces a silence: its end may be given as a duration from its start. */
export const silenceRequestFields = {
  ...silenceFields,
  startsAt: read.instant.optional().meta({ description: "If left out: now, or the start that it has." }),
  endsAt: read.instant.optional().meta({ description: "This or `duration` is required." }),
  duration: read.duration.optional().meta({ description: "From its start." }),
  recurrence: timeIntervalsSpec.nullish().meta({ description: "Only within these times it silences." }),
};

export function parseSilenceDraft(value: unknown): Parsed<z.output<typeof silenceDraft>> {
  return parseSpec(silenceDraft, value);
}

/** A new end: an instant, or so many seconds after the present end. */
export const silenceExtension = read
  .object({
    duration: read.positiveDuration
      .optional()
      .meta({ description: "From its present end. This or `endsAt` is required." }),
    endsAt: read.instant.optional(),
  })
  .superRefine(({ duration, endsAt }, context) => {
    if ((duration === undefined) !== (endsAt === undefined)) return;
    const message =
      duration === undefined ? "is required, unless endsAt is given" : "must be left out where endsAt is given";
    context.addIssue({ code: "custom", path: ["duration"], message });
  })
  .meta({ id: "SilenceExtension" });

export function parseExtension(value: unknown): Parsed<z.output<typeof silenceExtension>> {
  return parseSpec(silenceExtension, value);
}
