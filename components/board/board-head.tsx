import { memo } from "react";
import styles from "./board.module.css";
import { nextSorting, type Sorting, type SortKey } from "./sort-rows.ts";

interface BoardHeadProps {
  sorting: Sorting | null;
  onSort: (next: string | null) => void;
}

const columns: readonly (readonly [key: SortKey | null, name: string])[] = [
  ["state", "State"],
  ["name", "Event type"],
  ["tier", "Tier"],
  ["owner", "Owner"],
  [null, "Last 24 hours"],
  ["delay", "Delay / deadline"],
  ["risk", "Likely to miss"],
  ["dc", "Held up by"],
];

/** The columns' names, each a button that sorts by it. */
export const BoardHead = memo(function BoardHead({ sorting, onSort }: BoardHeadProps) {
  return (
    <thead>
      <tr aria-rowindex={1}>
        {columns.map(([key, name]) => {
          if (key === null) {
            return (
              <th key={name} scope="col">
                {name}
              </th>
            );
          }
          const order = sorting?.key !== key ? undefined : sorting.isDescending ? "descending" : "ascending";
          return (
            <th key={name} scope="col" aria-sort={order}>
              <button
                type="button"
                className={styles.sort}
                title={`Sort by ${name.toLowerCase()}`}
                onClick={() => onSort(nextSorting(sorting, key))}
              >
                {name}
                <span aria-hidden="true">{order === undefined ? "" : order === "ascending" ? " ↑" : " ↓"}</span>
              </button>
            </th>
          );
        })}
      </tr>
    </thead>
  );
});

/** What the list is sorted by, for its name. */
export function orderWords(sorting: Sorting | null): string {
  const name = columns.find(([key]) => key === sorting?.key)?.[1];
  return sorting === null || name === undefined ? "worst first" : `by ${name.toLowerCase()}`;
}
