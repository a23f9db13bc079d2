"use client";

import { memo, type RefObject, useImperativeHandle, useMemo, useRef } from "react";
import { formatCountOf } from "#components/ui/number-format.ts";
import { hourNameOf } from "#components/ui/tide-strip-model.ts";
import type { CompactBoardRowJson } from "#domain/api/board.ts";
import styles from "./board.module.css";
import { BoardHead, orderWords } from "./board-head.tsx";
import { BoardRow } from "./board-row.tsx";
import { type BoardGroup, troubleText } from "./groups.ts";
import type { Sorting } from "./sort-rows.ts";
import { splitByGroup, tableLines } from "./table-lines.ts";
import { useTableWindow } from "./use-table-window.ts";

/** The table's handle for other components. */
export interface BoardTableHandle {
  /** Scrolls a type's row into view and focuses its name; false: it has none. */
  reveal(eventType: string): boolean;
}

interface BoardTableProps {
  ref: RefObject<BoardTableHandle | null>;
  rows: readonly CompactBoardRowJson[];
  /** null: not grouped. */
  groups: readonly BoardGroup[] | null;
  asOf: string;
  sorting: Sorting | null;
  onSort: (next: string | null) => void;
  /** The type whose sheet is open. */
  openType: string | null;
}

/** A thousand rows, of which only those near the screen are drawn. */
export const BoardTable = memo(function BoardTable({
  ref,
  rows,
  groups,
  asOf,
  sorting,
  onSort,
  openType,
}: BoardTableProps) {
  const currentHour = hourNameOf(asOf);
  const table = useRef<HTMLTableElement>(null);
  const lines = useMemo(() => tableLines(rows, groups), [rows, groups]);
  const { virtualizer, items, above, below } = useTableWindow(lines, table);
  useImperativeHandle(ref, () => ({
    reveal(eventType) {
      const index = lines.findIndex(({ row }) => row?.eventType === eventType);
      if (!table.current || index < 0) return false;
      revealRow(table.current, eventType, () => virtualizer.scrollToIndex(index));
      return true;
    },
  }));
  const drawn = items.flatMap((item, at) => {
    const line = lines[item.index];
    return line ? [{ ...item, line, gapPx: item.start - (items[at - 1]?.end ?? item.start) }] : [];
  });
  const bodies = splitByGroup(drawn, ({ line }) => line.group);
  return (
    <table
      ref={table}
      className={styles.table}
      aria-label={`Event types, ${orderWords(sorting)}`}
      aria-rowcount={lines.length + 1}
    >
      <BoardHead sorting={sorting} onSort={onSort} />
      {/* Undrawn lines leave their space as margin: an empty row would be read out. */}
      {bodies.map((body, at) => (
        <tbody
          key={body[0]?.line.group?.name ?? "all"}
          style={{ paddingTop: at === 0 ? above : 0, paddingBottom: at === bodies.length - 1 ? below : 0 }}
        >
          {body.map(({ line: { group, row }, index, gapPx }) =>
            row ? (
              <BoardRow
                key={row.eventType}
                row={row}
                currentHour={currentHour}
                index={index}
                gapPx={gapPx}
                measure={virtualizer.measureElement}
                isOpen={row.eventType === openType}
              />
            ) : (
              <tr
                key="title"
                ref={virtualizer.measureElement}
                className={styles.group}
                data-index={index}
                aria-rowindex={index + 2}
              >
                <th colSpan={8} scope="rowgroup">
                  {group?.name}{" "}
                  <span className={styles.groupCount}>{formatCountOf(group?.rows.length ?? 0, "type")}</span>{" "}
                  <span className={styles.groupTrouble}>{group && troubleText(group)}</span>
                </th>
              </tr>
            ),
          )}
        </tbody>
      ))}
    </table>
  );
});

const patience = 20;

/** Focuses a type's name. A row far away is drawn first: `scrollTo` brings it near. */
function revealRow(area: HTMLElement, name: string, scrollTo: () => void, frames = patience): void {
  const link = area.querySelector<HTMLElement>(`[data-row-link="${CSS.escape(name)}"]`);
  if (link) {
    link.focus();
    link.scrollIntoView({ block: "nearest" });
    return;
  }
  if (frames === patience) scrollTo();
  if (frames > 0) requestAnimationFrame(() => revealRow(area, name, scrollTo, frames - 1));
}
