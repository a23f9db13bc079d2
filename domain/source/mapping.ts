import { z } from "zod";
import * as read from "../catalogue/read-fields.ts";
import { stages } from "../protocol.ts";
import { type Pattern, pattern, refuseMissingGroups } from "./pattern.ts";

/** As many as a person can keep in order; each new id is tried against all of them. */
const maxMappings = 200;
const maxEventTypes = 1_000;

/** A name, or a template of one: `$type` stands for what the pattern's group `type` matched. */
const template = read.line.meta({
  ...read.text,
  description: "May name groups of `match`, such as $type; $$ is a dollar sign.",
  examples: ["EndSong", "$type"],
});

const shape = {
  match: pattern.meta({ ...read.text, description: "A regular expression (RE2) that the whole id must match." }),
  eventType: template.optional().meta({ description: "The event type. This or `eventTypes` is required." }),
  eventTypes: z
    .array(template, "must be a list of event types")
    .min(1, "must name an event type")
    .max(maxEventTypes, `must name at most ${maxEventTypes} event types`)
    .optional()
    .meta({ description: "Several event types that share the resource." }),
  datacenter: template,
};

export const stage = read.oneOf(stages);

/** What every mapping of a resource has, whatever its kind. */
export interface LaneMapping {
  readonly match: Pattern;
  readonly eventType?: string | undefined;
  readonly eventTypes?: readonly string[] | undefined;
  readonly datacenter: string;
}

/**
 * A mapping with members of its own. `templates`: those of them that may name groups. Refuses a template that names a group which
 * `match` does not have: it would never be filled.
 */
export function mappingOf<Members extends z.ZodRawShape>(
  members: Members,
  templates: readonly (keyof Members & string)[] = [],
) {
  return read.object({ ...shape, ...members }).superRefine((found, context) => {
    const mapping = found as unknown as LaneMapping & Readonly<Record<string, unknown>>;
    if ((mapping.eventType === undefined) === (mapping.eventTypes === undefined)) {
      const message = "is required, or eventTypes instead: one of the two";
      context.addIssue({ code: "custom", path: ["eventType"], message });
    }
    const named: [PropertyKey[], unknown][] = [
      [["eventType"], mapping.eventType],
      ...(mapping.eventTypes ?? []).map((each, index): [PropertyKey[], unknown] => [["eventTypes", index], each]),
      ...["datacenter", ...templates].map((member): [PropertyKey[], unknown] => [[member], mapping[member]]),
    ];
    for (const [path, value] of named) refuseMissingGroups(context, path, value, mapping.match);
  });
}

/** For a kind that has one list of mappings: without one it would collect nothing. */
export function someMappings<Mapping extends z.ZodType>(mapping: Mapping) {
  return z
    .array(mapping, "must be a list of mappings")
    .min(1, "must have a mapping")
    .max(maxMappings, `must have at most ${maxMappings} mappings`);
}

export function mappingsOf<Mapping extends z.ZodType>(mapping: Mapping) {
  return z
    .array(mapping, "must be a list of mappings")
    .max(maxMappings, `must have at most ${maxMappings} mappings`)
    .default(() => []);
}

/** Another name for a value of a mapping's own: may name groups of `match`. */
export const ownTemplate = template;
