"use client";

import { useQuery } from "@tanstack/react-query";
import { useRef } from "react";
import { failureOf, queries } from "#components/api/queries.ts";
import { AsOf } from "#components/ui/as-of.tsx";
import { formatCount, formatCountOf } from "#components/ui/number-format.ts";
import type { BoardJson } from "#domain/api/board.ts";
import styles from "./board.module.css";
import { BoardFilterBox } from "./board-filter-box.tsx";
import { BoardTable } from "./board-table.tsx";
import { matchesFilter, parseFilter } from "./filter.ts";
import { NothingClaimed, NothingMatches } from "./nothing-to-list.tsx";
import { useBoardKeys } from "./use-board-keys.ts";
import { useFilterText } from "./use-filter-text.ts";
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
      <div ref={area}>
        {board.items.length === 0 ? (
          <NothingClaimed />
        ) : rows.length === 0 ? (
          <NothingMatches text={text} onClear={() => write("")} />
        ) : (
          <BoardTable rows={rows} asOf={board.asOf} />
        )}
      </div>
    </div>
  );
}

function countShown(matching: number, all: number): string {
  return matching === all ? formatCountOf(all, "type") : `${formatCount(matching)} of ${formatCountOf(all, "type")}`;
}
