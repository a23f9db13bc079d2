"use client";

import { Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import dynamic from "next/dynamic";
import { parseAsStringLiteral, useQueryState } from "nuqs";
import { type MouseEvent, memo, useCallback, useDeferredValue, useMemo, useRef, useState } from "react";
import type { ListJson } from "#components/api/client.ts";
import { failureOf, queries } from "#components/api/queries.ts";
import { OnCallNow } from "#components/on-call/on-call-now.tsx";
import { AsOf } from "#components/ui/as-of.tsx";
import { formatCount } from "#components/ui/number-format.ts";
import page from "#components/ui/page.module.css";
import { hourNameOf } from "#components/ui/tide-strip-model.ts";
import type { CompactBoardJson } from "#domain/api/board.ts";
import type { OnCallScheduleJson } from "#domain/api/on-call.ts";
import styles from "./board.module.css";
import { BoardChips, GroupButtons } from "./board-chips.tsx";
import { BoardFilterBox } from "./board-filter-box.tsx";
import { BoardTable, type BoardTableHandle } from "./board-table.tsx";
import { boardFilterKeys } from "./filter.ts";
import { toggleTerm } from "./filter-chips.ts";
import { type Grouping, groupings } from "./groups.ts";
import { listedText, unreadText } from "./listed-text.ts";
import { NothingClaimed, NothingMatches } from "./nothing-to-list.tsx";
import { readSorting } from "./sort-rows.ts";
import { useBoardKeys } from "./use-board-keys.ts";
import { useBoardRows } from "./use-board-rows.ts";
import { useFilterText } from "./use-filter-text.ts";
import { useOpenRow } from "./use-open-row.ts";
import { ViewsTarget } from "./views-target.tsx";

// Most visits open none.
const BoardSheet = dynamic(() => import("./board-sheet.tsx").then((sheet) => sheet.BoardSheet));
const SavedViewsMenu = dynamic(() => import("./saved-views-menu.tsx").then((menu) => menu.SavedViewsMenu), {
  ssr: false,
  loading: () => <ViewsTarget />,
});

interface BoardProps {
  initial: CompactBoardJson;
  onCall: ListJson<OnCallScheduleJson>;
}

/** Every claimed type, worst first. `initial` may hold only its first rows: the rest is fetched at once. */
export function Board({ initial, onCall }: BoardProps) {
  const query = useQuery({
    ...queries.board(),
    initialData: initial,
    ...(isWhole(initial) ? {} : { refetchOnMount: "always" as const }),
  });
  // New data is drawn when there is no typing or pointer movement.
  const board = useDeferredValue(query.data);
  const { text, write, latest, settle } = useFilterText();
  const onToggle = useCallback((term: string) => write(toggleTerm(latest(), term)), [write, latest]);
  // Typing never waits for the list and the counts.
  const wanted = useDeferredValue(text);
  const [grouping, setGrouping] = useQueryState("group", parseAsStringLiteral(groupings));
  const onGrouping = useCallback((next: Grouping | null) => void setGrouping(next), [setGrouping]);
  const [sort, setSort] = useQueryState("sort");
  const sorting = useMemo(() => readSorting(sort), [sort]);
  const onSort = useCallback((next: string | null) => void setSort(next), [setSort]);
  const area = useRef<HTMLDivElement>(null);
  const table = useRef<BoardTableHandle>(null);
  const filterBox = useRef<HTMLInputElement>(null);
  const list = useBoardRows(board, { text: wanted, grouping, sorting, area });
  const reveal = useCallback((eventType: string) => {
    // A type filtered out while its sheet was open has no row to return to.
    if (!table.current?.reveal(eventType)) filterBox.current?.focus();
  }, []);
  const sheet = useOpenRow(list.rows, board.items, reveal);
  useBoardKeys({ area, filterBox, names: list.rows.map(({ eventType }) => eventType), reveal });
  const showAll = () => {
    write("");
    filterBox.current?.focus();
  };
  const claimed = countTypes(board);
  const failure = failureOf(query);
  const unread = unreadText({ read: board.items.length, claimed, failure });

  return (
    <div className={styles.board}>
      <h1 className={page.said}>Board</h1>
      {claimed > 0 && (
        <div className={`${page.controls} ${styles.toolbar}`}>
          <BoardFilterBox
            ref={filterBox}
            text={text}
            keys={boardFilterKeys}
            onChange={write}
            onLeave={settle}
            unknownKeys={list.unknownKeys}
          />
          <GroupButtons grouping={grouping} onGrouping={onGrouping} />
          <ViewsButton />
          <span className={styles.live}>
            {list.moved > 0 && (
              <Button onClick={list.showNewOrder}>
                {list.moved === 1 ? "1 row moved" : `${formatCount(list.moved)} rows moved`}. Show the new order
              </Button>
            )}
            <span className={page.hint} role="status">
              {unread ?? list.causesNotice ?? listedText({ matching: list.matching, claimed })}
            </span>
            <AsOf updatedAtMs={query.dataUpdatedAt} failure={failure} />
          </span>
        </div>
      )}
      <OnCallNow initial={onCall} asOf={board.asOf} />
      {claimed > 0 && <BoardChips board={board} text={wanted} onToggle={onToggle} isWhole={isWhole(board)} />}
      <div ref={area} onClickCapture={(event) => openSheet(event, sheet.open)}>
        {claimed === 0 ? (
          <NothingClaimed />
        ) : list.rows.length === 0 ? (
          <NothingMatches text={text} unread={unread} onClear={showAll} />
        ) : (
          <BoardTable
            ref={table}
            rows={list.rows}
            groups={list.groups}
            asOf={board.asOf}
            sorting={sorting}
            onSort={onSort}
            openType={sheet.row?.eventType ?? null}
          />
        )}
      </div>
      {sheet.row && (
        <BoardSheet
          row={sheet.row}
          currentHour={hourNameOf(board.asOf)}
          onPrevious={sheet.previous}
          onNext={sheet.next}
          onClose={sheet.close}
        />
      )}
    </div>
  );
}

/** A plain click on a type's name opens its sheet; with a modifier, or if the sheet is open already, its page. */
function openSheet(event: MouseEvent, open: (eventType: string) => void): void {
  if (event.button !== 0 || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
  const link = event.target instanceof Element ? event.target.closest<HTMLElement>("a[data-row-link]") : null;
  const name = link?.dataset.rowLink;
  if (!name || link.ariaExpanded === "true") return;
  event.preventDefault();
  event.stopPropagation();
  open(name);
}

function countTypes({ counts }: CompactBoardJson): number {
  return Object.values(counts).reduce((sum, count) => sum + count, 0);
}

function isWhole(board: CompactBoardJson): boolean {
  return board.items.length >= countTypes(board);
}

/** Opens the board's saved views. */
const ViewsButton = memo(function ViewsButton() {
  const [isAsked, ask] = useState(false);
  return isAsked ? <SavedViewsMenu /> : <ViewsTarget onClick={() => ask(true)} />;
});
