"use client";

import { useQuery } from "@tanstack/react-query";
import { type RefObject, useMemo } from "react";
import { failureOf, queries } from "#components/api/queries.ts";
import type { CompactBoardJson } from "#domain/api/board.ts";
import { boardFilterKeys, matchesFilter, parseFilter } from "./filter.ts";
import { type Grouping, groupRows, likelyCauses } from "./groups.ts";
import { type Sorting, sortRows } from "./sort-rows.ts";
import { useSettledRows } from "./use-settled-rows.ts";

interface RowsWanted {
  /** The filter's text. */
  text: string;
  grouping: Grouping | null;
  sorting: Sorting | null;
  area: RefObject<HTMLElement | null>;
}

/** The rows of the board to list, and their order. */
export function useBoardRows(board: CompactBoardJson, { text, grouping, sorting, area }: RowsWanted) {
  const filter = useMemo(() => parseFilter(text, boardFilterKeys), [text]);
  const matching = useMemo(() => board.items.filter((row) => matchesFilter(row, filter)), [board.items, filter]);
  const sorted = useMemo(() => sortRows(matching, sorting), [matching, sorting]);
  const settled = useSettledRows(sorted, area, sorting);
  const causes = useCauses(grouping === "cause");
  const groups = useMemo(
    () => (grouping === null ? null : groupRows(settled.rows, grouping, likelyCauses(board, causes.sentences))),
    [settled.rows, grouping, board, causes.sentences],
  );
  const rows = useMemo(() => groups?.flatMap((group) => group.rows) ?? settled.rows, [groups, settled.rows]);
  return {
    /** In list order. */
    rows,
    groups,
    matching: matching.length,
    unknownKeys: filter.unknownKeys,
    moved: settled.moved,
    showNewOrder: settled.showNewOrder,
    /** The status of the causes that rows are grouped by: loading, or failed to load. */
    causesNotice: grouping === "cause" ? noticeOf(causes) : null,
  };
}

function noticeOf({ sentences, failure }: ReturnType<typeof useCauses>): string | null {
  if (failure !== null) return `Couldn’t load the causes: ${failure}`;
  return sentences === undefined ? "Loading the causes…" : null;
}

/** Why types are in trouble, each in a sentence, fetched only while shown; undefined until loaded. */
function useCauses(enabled: boolean) {
  const query = useQuery({ ...queries.fleetExplanation(), enabled });
  const causes = query.data?.causes;
  const sentences = useMemo(
    () =>
      causes && new Map(causes.flatMap(({ cause, eventTypes }) => eventTypes.map((name) => [name, cause.sentence]))),
    [causes],
  );
  return { sentences, failure: failureOf(query) };
}
