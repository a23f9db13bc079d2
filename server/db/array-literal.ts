// PostgreSQL array literals for the hot path. The driver's encoding quotes and escapes every element, which costs more
// than everything else in a batch of tens of thousands of rows; numbers and instants need neither.

/** `{1,2,NULL}` */
export function numbersLiteral(values: readonly (number | bigint | null)[]): string {
  return `{${values.map((value) => value ?? "NULL").join(",")}}`;
}

/** `{2026-11-22T13:00:00.000Z,…}`. Hours repeat, so each instant is formatted once. */
export function instantsLiteral(values: readonly Date[]): string {
  const written = new Map<number, string>();
  const write = (value: Date): string => {
    const ms = value.getTime();
    const text = written.get(ms) ?? value.toISOString();
    written.set(ms, text);
    return text;
  };
  return `{${values.map(write).join(",")}}`;
}
