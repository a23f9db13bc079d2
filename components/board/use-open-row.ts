"use client";

import { parseAsString, useQueryState } from "nuqs";
import { type RefObject, useCallback } from "react";
import type { BoardRowJson } from "#domain/api/board.ts";

export interface OpenRow {
  row: BoardRowJson | null;
  open: (eventType: string) => void;
  close: () => void;
  previous: (() => void) | null;
  next: (() => void) | null;
}

/** The type whose sheet is open, by `?open=` in the address. Closing gives the focus back to its row. */
export function useOpenRow(
  rows: readonly BoardRowJson[],
  all: readonly BoardRowJson[],
  area: RefObject<HTMLElement | null>,
): OpenRow {
  const [name, setName] = useQueryState("open", parseAsString);
  const row = name === null ? null : (all.find(({ eventType }) => eventType === name) ?? null);
  const at = rows.findIndex(({ eventType }) => eventType === name);
  const open = useCallback((eventType: string) => void setName(eventType), [setName]);
  const close = useCallback(() => {
    void setName(null);
    if (name === null) return;
    area.current?.querySelector<HTMLElement>(`[data-row-link="${CSS.escape(name)}"]`)?.focus();
  }, [setName, name, area]);
  const step = (by: number) => {
    const target = at < 0 ? undefined : rows[at + by];
    return target === undefined ? null : () => open(target.eventType);
  };
  return { row, open, close, previous: step(-1), next: step(1) };
}
