type ColumnType = keyof Values;

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

/** Rows that a statement reads from its parameters: one array per column, which PostgreSQL reads fastest. */
export interface BulkRows<Row> {
  /** Column names, in the order of the parameters. */
  readonly names: string;
  /** An item of FROM: `unnest($1::int[], …) AS alias(event_type_id, …)`. `first`: the number of its first parameter. */
  from(alias: string, first?: number): string;
  /** The parameters. */
  values(rows: readonly Row[]): unknown[];
}

/** Describes rows by the members of the objects they are written from: `eventTypeId: "int"` is the column event_type_id. */
export function bulkRows<const Columns extends Record<string, ColumnType>>(
  columns: Columns,
): BulkRows<{ readonly [Member in keyof Columns]: Values[Columns[Member]] | null }> {
  const entries = Object.entries(columns);
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
function encode(type: ColumnType, values: readonly unknown[]): unknown {
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
