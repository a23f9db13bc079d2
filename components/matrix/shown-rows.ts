import type { parseFilter } from "#components/board/filter.ts";
import { type Matrix, stateOf, weighRow } from "#domain/matrix.ts";

type Filter = ReturnType<typeof parseFilter>;
type Term = Filter["terms"][number];

/** The rows that pass the filter. A state matches any of a type's hours, a datacenter what is attributed to it. */
export function matchingRows(matrix: Matrix, filter: Filter): number[] {
  const asksForStates = filter.terms.some(({ key }) => key === "state");
  return [...matrix.types.keys()].filter((row) => {
    const states = asksForStates ? statesOf(matrix, row) : new Set<string>();
    return filter.terms.every(
      (term) => term.values.some((value) => holds(matrix, row, states, term.key, value)) !== term.excluded,
    );
  });
}

function holds(matrix: Matrix, row: number, states: ReadonlySet<string>, key: Term["key"], value: string): boolean {
  const type = matrix.types[row];
  if (!type) return false;
  switch (key) {
    case "tier":
      return type.tier.toLowerCase() === value;
    case "state":
      return states.has(value);
    case "owner":
      return type.owner.toLowerCase() === value;
    case "dc":
      return type.troubledBy.some((name) => name.toLowerCase() === value);
    default:
      return [type.eventType, type.owner, type.tier].some((field) => field.toLowerCase().includes(value));
  }
}

function statesOf(matrix: Matrix, row: number): Set<string> {
  const codes = new Set(matrix.states.subarray(row * matrix.hours, (row + 1) * matrix.hours));
  return new Set([...codes].flatMap((code) => stateOf(code) ?? []));
}

/** By what the colouring shows to be wrong, worst first and ties by name; or by name alone. */
export function orderRows(
  matrix: Matrix,
  cells: Uint8Array,
  rows: readonly number[],
  order: "worst" | "name",
): number[] {
  if (order === "name") return [...rows];
  const weights = new Map(
    rows.map((row) => [row, weighRow(cells.subarray(row * matrix.hours, (row + 1) * matrix.hours))]),
  );
  // Rows come sorted by name, and the sort is stable.
  return rows.toSorted((a, b) => (weights.get(b) ?? 0) - (weights.get(a) ?? 0));
}

/** The rows in their previous order: new ones are added at the end, removed ones leave no gap. */
export function keepOrder(matrix: Matrix, rows: readonly number[], shown: readonly string[]): number[] {
  const places = new Map(shown.map((name, place) => [name, place]));
  const placeOf = (row: number) => places.get(matrix.types[row]?.eventType ?? "") ?? shown.length;
  return rows.toSorted((a, b) => placeOf(a) - placeOf(b));
}
