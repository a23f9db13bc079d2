"use client";

import { parseAsString, useQueryState } from "nuqs";
import { useCallback } from "react";
import type { CompactBoardRowJson } from "#domain/api/board.ts";

/** The type whose sheet is open, from `?open=` in the URL. Closing returns the focus to its row. */
export function useOpenRow(
  rows: readonly CompactBoardRowJson[],
  all: readonly CompactBoardRowJson[],
  reveal: (eventType: string) => void,
) {
  const [name, setName] = useQueryState("open", parseAsString);
  const row = name === null ? null : (all.find(({ eventType }) => eventType === name) ?? null);
  const at = rows.findIndex(({ eventType }) => eventType === name);
  const open = useCallback((eventType: string) => void setName(eventType), [setName]);
  const close = useCallback(() => {
    void setName(null);
    if (name !== null) reveal(name);
  }, [setName, name, reveal]);
  const step = (by: number) => {
    const target = at < 0 ? undefined : rows[at + by];
    return target === undefined ? null : () => open(target.eventType);
  };
  return { row, open, close, previous: step(-1), next: step(1) };
}
