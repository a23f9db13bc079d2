"use client";

import { useQuery } from "@tanstack/react-query";
import { parseAsStringLiteral, useQueryState } from "nuqs";
import { type MouseEvent, useRef } from "react";
import { failureOf, queries } from "#components/api/queries.ts";
import { AsOf } from "#components/ui/as-of.tsx";
import { formatCount, formatCountOf } from "#components/ui/number-format.ts";
import type { BoardJson } from "#domain/api/board.ts";
import styles from "./board.module.css";
import { BoardFilterBox } from "./board-filter-box.tsx";
import { BoardSheet } from "./board-sheet.tsx";
import { BoardTable } from "./board-table.tsx";
import { BoardToolbar } from "./board-toolbar.tsx";
import { matchesFilter, parseFilter } from "./filter.ts";
import { groupings, groupRows } from "./groups.ts";
import { NothingClaimed, NothingMatches } from "./nothing-to-list.tsx";
import { SavedViewsMenu } from "./saved-views-menu.tsx";
import { useBoardKeys } from "./use-board-keys.ts";
import { useFilterText } from "./use-filter-text.ts";
import { useOpenRow } from "./use-open-row.ts";
import { useSettledRows } from "./use-settled-rows.ts";

/** Every claimed type, worst first. `initial` may be its first page: the rest is asked for at once. */
export function Board({ initial }: { initial: BoardJson }) {
  const partial = initial.nextCursor !== null;
  const query = useQuery({
    ...queries.board(),
    initialData: initial,
    ...(partial ? { initialDataUpdatedAt: 0 } : {}),
  });
  const board = query.data;
  const { text, write, settle } = useFilterText();
  const filter = parseFilter(text);
  const matching = board.items.filter((row) => matchesFilter(row, filter));
  const area = useRef<HTMLDivElement>(null);
  const { rows, moved, showNewOrder } = useSettledRows(matching, area);
  const [grouping, setGrouping] = useQueryState("group", parseAsStringLiteral(groupings));
  const shownRows = grouping === null ? rows : groupRows(rows, grouping).flatMap((group) => group.rows);
  const sheet = useOpenRow(shownRows, board.items, area);
  const filterBox = useRef<HTMLInputElement>(null);
  useBoardKeys(area, filterBox);

  return (
    <div className={styles.board}>
      <h1 className={styles.title}>Board</h1>
      {board.items.length > 0 && (
        <div className={styles.toolbar}>
          <BoardFilterBox
            ref={filterBox}
            text={text}
            onChange={write}
            onLeave={settle}
            unknownKeys={filter.unknownKeys}
          />
          <span className={styles.live}>
            {moved > 0 && (
              <button type="button" className={styles.moved} onClick={showNewOrder}>
                {moved === 1 ? "1 row moved" : `${formatCount(moved)} rows moved`}: show the new order
              </button>
            )}
            {board.nextCursor === null && (
              <span className={styles.shown} role="status">
                {countShown(matching.length, board.items.length)}
              </span>
            )}
            <AsOf updatedAtMs={query.dataUpdatedAt} failure={failureOf(query)} />
          </span>
        </div>
      )}
      {board.items.length > 0 && (
        <BoardToolbar
          board={board}
          text={text}
          onText={write}
          grouping={grouping}
          onGrouping={(next) => void setGrouping(next)}
        >
          <SavedViewsMenu />
        </BoardToolbar>
      )}
      <div ref={area} onClickCapture={(event) => openSheet(event, sheet.open)}>
        {board.items.length === 0 ? (
          <NothingClaimed />
        ) : rows.length === 0 ? (
          <NothingMatches text={text} onClear={() => write("")} />
        ) : (
          <BoardTable rows={rows} asOf={board.asOf} grouping={grouping} openType={sheet.row?.eventType ?? null} />
        )}
      </div>
      {sheet.row && (
        <BoardSheet row={sheet.row} onPrevious={sheet.previous} onNext={sheet.next} onClose={sheet.close} />
      )}
    </div>
  );
}

/** A plain click on a type's name opens its sheet; with a modifier, or where the sheet is open already, its page. */
function openSheet(event: MouseEvent, open: (eventType: string) => void): void {
  if (event.button !== 0 || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
  const link = event.target instanceof Element ? event.target.closest<HTMLElement>("a[data-row-link]") : null;
  const name = link?.dataset.rowLink;
  if (!name || link.ariaExpanded === "true") return;
  event.preventDefault();
  event.stopPropagation();
  open(name);
}

function countShown(matching: number, all: number): string {
  return matching === all ? formatCountOf(all, "type") : `${formatCount(matching)} of ${formatCountOf(all, "type")}`;
}
