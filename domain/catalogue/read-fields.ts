import { z } from "zod";
import { parseDuration } from "../duration.ts";
import { sayFound } from "../fault.ts";
import { formatHour, type Hour, hourOf, parseHour } from "../hour.ts";
import { parseInstant } from "../instant.ts";
import { readShare } from "../percent.ts";
import { nameRule, readName } from "../protocol/names.ts";
import { isLine, isText, lineRule } from "../protocol/values.ts";

/** How a member is written, as JSON Schema: the API's description is made of it. */
export type Written = Readonly<z.core.GlobalMeta>;

/**
 * A member parsed by `read`, which returns null for what it does not accept; the fault names what it must be and what
 * was found. `In` is the type of `written`.
 */
export function field<Out, In = string>(
  must: string,
  written: Written,
  read: (value: unknown) => Out | null,
): z.ZodType<Out, In> {
  return fieldWith(
    written,
    read,
    (found) => `${must}; ${found === undefined ? "it is missing" : `found ${sayFound(found)}`}`,
  );
}

/** Like `field`, for members whose value must not be repeated: it may be a secret. */
export function quietField<Out, In = string>(
  must: string,
  written: Written,
  read: (value: unknown) => Out | null,
): z.ZodType<Out, In> {
  return fieldWith(written, read, (found) => (found === undefined ? `${must}; it is missing` : must));
}

function fieldWith<Out, In>(written: Written, read: (value: unknown) => Out | null, fault: (found: unknown) => string) {
  const schema = z.unknown().transform((found, context): Out => {
    const value = read(found);
    if (value !== null) return value;
    context.addIssue({ code: "custom", message: fault(found) });
    return z.NEVER;
  });
  return schema.meta(written) as unknown as z.ZodType<Out, In>;
}

export const text: Written = { type: "string" };
const durationText: Written = { type: "string", pattern: "^\\d+[smhd]$", examples: ["90s", "60m", "2h", "3d"] };
const shareNumber: Written = {
  anyOf: [
    { type: "number", minimum: 0, maximum: 1 },
    { type: "string", pattern: "^\\d+(\\.\\d+)? ?%$" },
  ],
  examples: [0.0001, "0.01%"],
};

/** An object with exactly these members: an unknown one is refused with the list of known ones. */
export function object<Shape extends z.ZodRawShape>(shape: Shape) {
  const known = `known fields: ${Object.keys(shape).join(", ")}`;
  return z.strictObject(shape, { error: (issue) => (issue.code === "unrecognized_keys" ? known : undefined) });
}

/** One of a few strings. */
export function oneOf<const Value extends string>(values: readonly Value[]) {
  const written = { type: "string", enum: [...values] };
  return field<Value, Value>(
    `must be one of ${values.join(", ")}`,
    written,
    (value) => values.find((each) => each === value) ?? null,
  );
}

/** A text of one form. */
export function matching(must: string, form: RegExp, example?: string) {
  const written = example === undefined ? text : { ...text, examples: [example] };
  return field(must, written, (value) => (typeof value === "string" && form.test(value) ? value : null));
}

export const flag = field<boolean, boolean>("must be true or false", { type: "boolean" }, (value) =>
  typeof value === "boolean" ? value : null,
);

export const line = field(lineRule, text, (value) => (isLine(value) ? value : null));

/** The name of an event type or datacenter, as in messages. */
export const name = field(nameRule, text, readName);

/** Who may change it: a team's members and administrators; every editor, if left out. */
export const owner = line
  .optional()
  .meta({ description: "The team whose members may change it; every editor may, if left out." });

/** Prose; line feeds allowed. */
export const prose = field("must be a string of 1 to 4096 characters", text, (value) =>
  typeof value === "string" && isText(value.replace(/[\n\r\t]/g, " "), 4_096) ? value : null,
);

/** Seconds. */
export const duration = field("must be a duration like 90s, 60m, 2h or 3d", durationText, (value) =>
  typeof value === "string" ? parseDuration(value) : null,
);

export const positiveDuration = field("must be a duration above 0, like 90s, 60m, 2h or 3d", durationText, (value) =>
  typeof value === "string" ? parseDuration(value) || null : null,
);

/** 0 to 1. */
export const share = field<number, number | string>(
  'must be a share from 0 to 1 like 0.0001, or a percentage like "0.01%"',
  shareNumber,
  readShare,
);

export const instant = field(
  "must be an instant like 2026-11-22T13:00:00Z",
  { type: "string", format: "date-time" },
  (value) =>
    typeof value === "string"
      ? parseInstant(value)
      : value instanceof Date && !Number.isNaN(value.getTime())
        ? value
        : null,
);

export const positiveShare = field<number, number | string>(
  'must be a share above 0 and up to 1, like 0.995, or a percentage like "99.5%"',
  shareNumber,
  (value) => readShare(value) || null,
);

/** The first hour in PostgreSQL's partition range, and the last with a four-digit year. */
const firstMs = 0;
const lastMs = Date.parse("9999-12-31T23:00:00Z");

const hourText: Written = { type: "string", description: "An hour's start.", examples: ["2026-11-22T13"] };

export const hour = field(
  "must be a full hour from 1970 on, like 2026-11-22T13 or 2026-11-22T13:00:00Z",
  hourText,
  (value) => {
    const found = readHour(value);
    return found && found.getTime() >= firstMs && found.getTime() <= lastMs ? found : null;
  },
);

/** An hour's name, or an instant on the hour: text, or the Date that a YAML parser made of it. */
function readHour(value: unknown): Hour | null {
  if (typeof value === "string") return parseHour(value) ?? onTheHour(parseInstant(value));
  return value instanceof Date && !Number.isNaN(value.getTime()) ? onTheHour(value) : null;
}

function onTheHour(instant: Date | null): Hour | null {
  return instant && hourOf(instant).getTime() === instant.getTime() ? hourOf(instant) : null;
}

export function afterStart(
  spec: { activeFrom?: Hour | undefined; activeTo?: Hour | undefined },
  context: z.RefinementCtx,
) {
  if (!spec.activeFrom || !spec.activeTo || spec.activeFrom < spec.activeTo) return;
  const message = `must be after activeFrom, which is ${formatHour(spec.activeFrom)}; found ${formatHour(spec.activeTo)}`;
  context.addIssue({ code: "custom", path: ["activeTo"], message });
}
