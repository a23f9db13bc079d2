/** What a column takes, by its PostgreSQL type; with a question mark also null. */
type ColumnType = keyof Values | `${keyof Values}?`;

interface Values {
  int: number;
  smallint: number;
  bigint: number | bigint;
  numeric: number | bigint;
  float8: number;
  bool: boolean;
  timestamptz: Date;
  text: string;
  bytea: Uint8Array;
  jsonb: unknown;
}

type ValueOf<Type extends ColumnType> = Type extends keyof Values
  ? Values[Type]
  : Type extends `${infer Base extends keyof Values}?`
    ? Values[Base] | null
    : never;

/** Rows that a statement reads from its parameters: one array per column, which PostgreSQL reads fastest. */
export interface BulkRows<Row> {
  /** Column names, in the order of the parameters. */
  readonly names: string;
  /** An item of FROM: `unnest($1::int[], …) AS alias(event_type_id, …)`. `first`: the number of its first parameter. */
  from(alias: string, first?: number): string;
  /** The parameters. */
  values(rows: readonly Row[]): unknown[];
}

export type RowOf<Rows> = Rows extends BulkRows<infer Row> ? Row : never;

/** Describes rows by the members of the objects they are written from: `eventTypeId: "int"` is the column event_type_id. */
export function bulkRows<const Columns extends Record<string, ColumnType>>(
  columns: Columns,
): BulkRows<{ readonly [Member in keyof Columns]: ValueOf<Columns[Member]> }> {
  const entries = Object.entries(columns).map(([member, type]) => [member, type.replace("?", "")] as const);
  const names = entries.map(([member]) => `"${columnOf(member)}"`).join(", ");
  return {
    names,
    from(alias, first = 1) {
      const arrays = entries.map(([, type], index) => `$${first + index}::${type}[]`);
      return `unnest(${arrays.join(", ")}) AS ${alias}(${names})`;
    },
    values: (rows) =>
      entries.map(([member, type]) =>
        encode(
          type,
          rows.map((row) => row[member]),
        ),
      ),
  };
}

export function columnOf(member: string): string {
  return member.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}

/** The earliest and latest instant: a bound so that the planner prunes other months' partitions. */
export function spanOf(instants: readonly Date[]): [Date, Date] {
  let low = Number.POSITIVE_INFINITY;
  let high = Number.NEGATIVE_INFINITY;
  for (const instant of instants) {
    low = Math.min(low, instant.getTime());
    high = Math.max(high, instant.getTime());
  }
  return [new Date(low), new Date(high)];
}

/**
 * The driver quotes and escapes every element of an array, which costs more than everything else in a batch of tens of
 * thousands of rows. Numbers, booleans and instants need neither.
 */
function encode(type: string, values: readonly unknown[]): unknown {
  if (type === "text" || type === "bytea") return values;
  if (type === "jsonb") return values.map((value) => JSON.stringify(value));
  if (type === "timestamptz") return instantsLiteral(values as readonly (Date | null)[]);
  return `{${values.map((value) => value ?? "NULL").join(",")}}`;
}

/** Hours repeat, so each instant is formatted once. */
function instantsLiteral(values: readonly (Date | null)[]): string {
  const written = new Map<number, string>();
  const write = (value: Date): string => {
    const ms = value.getTime();
    const text = written.get(ms) ?? value.toISOString();
    written.set(ms, text);
    return text;
  };
  return `{${values.map((value) => (value ? write(value) : "NULL")).join(",")}}`;
}
