import type { EventTypeSpec } from "#domain/catalogue.ts";
import { formatHour, hourOf } from "#domain/hour.ts";
import { columnOf } from "#server/db/bulk-rows.ts";
import { duration, type Fields, type FieldValue } from "./changed-fields.ts";

/** What a column holds, by its PostgreSQL type. */
interface Values {
  text: string | null;
  int: number | null;
  float8: number | null;
  timestamptz: Date | null;
  bool: boolean;
  "text[]": readonly string[];
  jsonb: Readonly<Record<string, string>>;
}

/** What a changed field alters for the type's verdicts: which hours have one, the facts that count, the terms they are judged by. */
type VerdictEffect = "hours" | "facts" | "terms" | "nothing";

type Field =
  | Exclude<keyof EventTypeSpec, "objectives">
  | `objectives.${keyof NonNullable<EventTypeSpec["objectives"]>}`;

type Before = { readonly claimedAt: Date | null; readonly activeFrom: Date | null } | null;

/**
 * A column that documents set. `field`: as in the catalogue's files; null: no field sets it. `after`: its value once a
 * document is applied. `write`: the field's value in a file; null: omitted.
 */
function column<Type extends keyof Values>(
  sql: Type,
  field: Field | null,
  effect: VerdictEffect,
  after: (spec: EventTypeSpec, before: Before, now: Date) => Values[Type],
  write: (value: Values[Type]) => FieldValue = writeValue,
) {
  return { sql, field, effect, after, write: (value: unknown) => write(value as Values[Type]) };
}

/** In the order of the catalogue's files. */
const columns = {
  claimedAt: column("timestamptz", null, "hours", (_, before, now) => before?.claimedAt ?? now),
  owner: column("text", "owner", "nothing", (spec) => spec.owner),
  tier: column("text", "tier", "terms", (spec) => spec.tier),
  deadlineSeconds: column("int", "deadline", "terms", (spec) => spec.deadline ?? null, duration),
  /** In name order; empty: every claimed datacenter active in the hour. */
  datacenters: column("text[]", "datacenters", "facts", (spec) => [...(spec.datacenters ?? [])].sort()),
  activeFrom: column("timestamptz", "activeFrom", "hours", activeFromAfter),
  activeTo: column("timestamptz", "activeTo", "hours", (spec) => spec.activeTo ?? null),
  maxLost: column("float8", "maxLost", "terms", (spec) => spec.maxLost ?? null),
  maxDuplicated: column("float8", "maxDuplicated", "terms", (spec) => spec.maxDuplicated ?? null),
  settleSeconds: column("int", "settle", "terms", (spec) => spec.settle ?? null, duration),
  impliedZero: column("bool", "impliedZero", "facts", (spec) => spec.impliedZero ?? true, unless(true)),
  expectReporters: column("bool", "expectReporters", "facts", (spec) => spec.expectReporters ?? false, unless(false)),
  description: column("text", "description", "nothing", (spec) => spec.description ?? null),
  labels: column("jsonb", "labels", "nothing", (spec) => spec.labels ?? {}),
  // Its own objectives; null: its tier's.
  objectiveTimeliness: objective("timeliness"),
  objectiveCompleteness: objective("completeness"),
  objectiveSkew: objective("skew"),
};

export type EventTypeRow = { readonly name: string } & {
  readonly [Member in keyof typeof columns]: ReturnType<(typeof columns)[Member]["after"]>;
};

const entries = Object.entries(columns);

/** The columns of `event_type AS alias` as an EventTypeRow. */
export function selectEventType(alias: string): string {
  return [`${alias}.name`, ...entries.map(([member]) => `${alias}.${columnOf(member)} AS "${member}"`)].join(", ");
}

/** SET's list for rows from `eventTypeSource`. */
export const eventTypeSettings = entries.map(([member]) => `${columnOf(member)} = n."${member}"`).join(", ");

const recordset = entries.map(([member, { sql }]) => `"${member}" ${sql}`).join(", ");
/** An item of FROM: $1 is an array of EventTypeRow as JSON. */
export const eventTypeSource = `jsonb_to_recordset($1) AS n(name text, ${recordset})`;

export const eventTypeFields: Fields<EventTypeRow> = Object.fromEntries(
  entries.flatMap(([member, { field, write }]) =>
    field === null ? [] : [[field, (row: EventTypeRow) => write(row[member as keyof EventTypeRow])]],
  ),
);

/** The fields that have this effect. */
export function fieldsWithEffect(effect: VerdictEffect): ReadonlySet<string> {
  return new Set(entries.flatMap(([, column]) => (column.effect === effect && column.field ? [column.field] : [])));
}

export function eventTypeAfter(name: string, spec: EventTypeSpec, before: Before, now: Date): EventTypeRow {
  const values = entries.map(([member, { after }]) => [member, after(spec, before, now)]);
  return { name, ...Object.fromEntries(values) };
}

/** jsonb drops key order, so labels are sorted. */
function writeValue(value: Values[keyof Values]): FieldValue {
  if (value instanceof Date) return formatHour(value);
  if (typeof value !== "object" || value === null) return value;
  if (Array.isArray(value)) return value.length > 0 ? value : null;
  const labels = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return labels.length > 0 ? Object.fromEntries(labels) : null;
}

function activeFromAfter({ activeFrom }: EventTypeSpec, before: Before, now: Date): Date {
  return activeFrom ?? before?.activeFrom ?? hourOf(now);
}

function objective(measure: keyof NonNullable<EventTypeSpec["objectives"]>) {
  return column("float8", `objectives.${measure}`, "nothing", (spec) => spec.objectives?.[measure] ?? null);
}

function unless(byDefault: boolean): (value: boolean) => FieldValue {
  return (value) => (value === byDefault ? null : value);
}
