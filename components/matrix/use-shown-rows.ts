"use client";

import { useMemo, useState } from "react";
import { parseFilter } from "#components/board/filter.ts";
import { type Colouring, inkMatrix, type Matrix } from "#domain/matrix.ts";
import { keepOrder, matchingRows, orderRows } from "./shown-rows.ts";
import type { MatrixParams } from "./use-matrix-params.ts";

export type ShownRows = ReturnType<typeof useShownRows>;

/**
 * The rows to draw, and their order. Rows never jump under the cursor: a new order waits until the user asks for it.
 */
export function useShownRows(
  matrix: Matrix,
  range: string,
  text: string,
  { by, order }: { by: Colouring; order: MatrixParams["order"] },
  asOfMs: number,
) {
  const cells = useMemo(() => inkMatrix(matrix, by, asOfMs), [matrix, by, asOfMs]);
  const matching = useMemo(() => matchingRows(matrix, parseFilter(text)), [matrix, text]);
  const wanted = useMemo(() => orderRows(matrix, cells, matching, order), [matrix, cells, matching, order]);
  // The order is kept for the same query, whatever the answers.
  const question = `${by} ${order} ${range} ${text}`;
  const [settled, setSettled] = useState({ question, names: namesOf(matrix, wanted) });
  if (settled.question !== question) setSettled({ question, names: namesOf(matrix, wanted) });
  const rows = useMemo(
    () => (settled.question === question ? keepOrder(matrix, matching, settled.names) : wanted),
    [matrix, matching, settled, question, wanted],
  );
  return {
    /** The ink of every cell of every type. */
    cells,
    /** The visible types, in order, by their index in the matrix. */
    rows,
    /** How many rows the pending order would move. */
    moved: rows.filter((row, place) => wanted[place] !== row).length,
    showNewOrder: () => setSettled({ question, names: namesOf(matrix, wanted) }),
  };
}

function namesOf(matrix: Matrix, rows: readonly number[]): string[] {
  return rows.map((row) => matrix.types[row]?.eventType ?? "");
}
