import { z } from "zod";
import { type Parsed, parseSpec } from "../catalogue/parse-spec.ts";
import * as read from "../catalogue/read-fields.ts";
import { uniqueNames } from "../catalogue/unique-names.ts";
import { parseInstant } from "../instant.ts";
import { location, timeIntervalsSpec } from "../routing/time/time-interval-schema.ts";

const maxPeople = 100;
const maxLayers = 10;

const timeOfDay = read.field("must be a time of day in quotes, like '09:00'", read.text, (value) => {
  const [, hours, minutes] = (typeof value === "string" && /^([01]\d|2[0-3]):([0-5]\d)$/.exec(value)) || [];
  return hours === undefined ? null : Number(hours) * 60 + Number(minutes);
});

const day = read.field(
  "must be a day like 2026-11-30",
  { type: "string", format: "date", examples: ["2026-11-30"] },
  (value) => {
    // A YAML parser makes a Date of an unquoted day.
    const text = value instanceof Date && !Number.isNaN(value.getTime()) ? value.toISOString().slice(0, 10) : value;
    if (typeof text !== "string" || !/^\d{4}-\d{2}-\d{2}$/.test(text)) return null;
    return parseInstant(`${text}T00:00:00Z`) && text >= "1970-01-01" ? text : null;
  },
);

const period = read.field<number, number>(
  "must be a whole number from 1 to 52",
  { type: "integer", minimum: 1, maximum: 52 },
  (value) => (Number.isInteger(value) && Number(value) >= 1 && Number(value) <= 52 ? Number(value) : null),
);

const listOf = <Item extends z.ZodType>(item: Item, what: string, max: number) =>
  z
    .array(item, `must be a list of ${what}`)
    .min(1, `must have at least one of the ${what}`)
    .max(max, `must have at most ${max} ${what}`);

const isUnique = (list: readonly string[]) => new Set(list).size === list.length;

const person = read.object({
  name: read.line,
  channels: listOf(read.line, "channels", 10)
    .refine(isUnique, "must name each channel once")
    .meta({ description: "What reaches this person. Webhook and Alertmanager channels follow groups, not people." }),
});

const layer = read.object({
  name: read.line,
  people: listOf(read.line, "people", maxPeople).meta({ description: "In turn. A name may be repeated." }),
  rotation: read.oneOf(["daily", "weekly"]),
  every: period.default(1).meta({ description: "Days or weeks in a shift." }),
  handover: timeOfDay.default(540).meta({ description: "When shifts begin, by the schedule's time zone: '09:00'." }),
  startsOn: day.meta({ description: "The first shift begins on this day, and a week on its weekday." }),
  activeTimes: timeIntervalsSpec
    .optional()
    .meta({ description: "The layer counts only within these times; always, if left out." }),
});

/** Who is on call when. Later layers replace earlier ones, and overrides replace both. */
export const onCallScheduleSpec = read
  .object({
    timeZone: location,
    people: listOf(person, "people", maxPeople),
    layers: listOf(layer, "layers", maxLayers),
  })
  .superRefine(({ people, layers }, context) => {
    const refuse = (path: PropertyKey[], message: string) => context.addIssue({ code: "custom", path, message });
    const known = uniqueNames(people, "people", context);
    uniqueNames(layers, "layers", context);
    for (const [index, { people: turns }] of layers.entries())
      for (const [position, name] of turns.entries())
        if (!known.has(name))
          refuse(
            ["layers", index, "people", position],
            `must be one of the schedule's people (${[...known].join(", ")}); found "${name}"`,
          );
  })
  .meta({ id: "OnCallScheduleSpec", description: "A rotation of people. Receivers and escalation steps name it." });

export type OnCallSchedule = z.output<typeof onCallScheduleSpec>;

/** A schedule's spec from a file or column; JSON pointers of faults start at the spec. */
export function parseOnCallSchedule(spec: unknown): Parsed<OnCallSchedule> {
  return parseSpec(onCallScheduleSpec, spec);
}
