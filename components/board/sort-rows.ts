import type { CompactBoardRowJson } from "#domain/api/board.ts";
import { stateOrder } from "./filter-chips.ts";
import { percentOf } from "./row-figures.ts";

/** Columns that the list can be sorted by. Without one, the worst come first. */
export const sortKeys = ["state", "name", "tier", "owner", "delay", "risk", "dc"] as const;
export type SortKey = (typeof sortKeys)[number];

export interface Sorting {
  key: SortKey;
  isDescending: boolean;
}

/** `name` or `-name`, as in the URL; null: by no column. */
export function readSorting(text: string | null): Sorting | null {
  const isDescending = text?.startsWith("-") ?? false;
  const key = sortKeys.find((each) => each === (isDescending ? text?.slice(1) : text));
  return key === undefined ? null : { key, isDescending };
}

/** The next state of a pressed head: first its own direction (figures from the greatest on), then the other, then by no column. */
export function nextSorting(sorting: Sorting | null, key: SortKey): string | null {
  const isFirstDescending = key === "delay" || key === "risk";
  const first = isFirstDescending ? `-${key}` : key;
  if (sorting?.key !== key) return first;
  return sorting.isDescending === isFirstDescending ? (isFirstDescending ? key : `-${key}`) : null;
}

/** Rows with equal values keep their order; those without a value come last either way. */
export function sortRows(rows: readonly CompactBoardRowJson[], sorting: Sorting | null): CompactBoardRowJson[] {
  if (sorting === null) return [...rows];
  const valueIn = values[sorting.key];
  const sign = sorting.isDescending ? -1 : 1;
  return rows
    .map((row) => ({ row, value: valueIn(row) }))
    .sort((one, other) => {
      if (one.value === null || other.value === null) return Number(one.value === null) - Number(other.value === null);
      return one.value === other.value ? 0 : one.value < other.value ? -sign : sign;
    })
    .map(({ row }) => row);
}

const values: Record<SortKey, (row: CompactBoardRowJson) => string | number | null> = {
  state: ({ state }) => stateOrder(state),
  name: ({ eventType }) => eventType.toLowerCase(),
  tier: ({ tier }) => tier,
  owner: ({ owner }) => owner.toLowerCase(),
  delay: ({ delaySeconds }) => delaySeconds,
  risk: percentOf,
  dc: ({ openHours, worstDatacenter }) => (openHours > 0 ? worstDatacenter : null),
};
