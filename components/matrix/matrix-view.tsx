"use client";

import dynamic from "next/dynamic";
import { useMemo } from "react";
import { dayColumns, daysOf, findCalmDays, hourColumns, type Matrix } from "#domain/matrix.ts";
import { CellCard } from "./cell-card.tsx";
import { MatrixLegend } from "./matrix-legend.tsx";
import { MatrixSkeleton } from "./matrix-skeleton.tsx";
import { MatrixStage, readSelection } from "./matrix-stage.tsx";
import { SelectionBar } from "./selection-bar.tsx";
import type { MatrixParams, SetMatrixParams } from "./use-matrix-params.ts";
import type { ShownRows } from "./use-shown-rows.ts";
import { useView } from "./use-view.ts";

// Loaded when the table is first chosen: most use the picture.
const MatrixTable = dynamic(() => import("./matrix-table.tsx").then((module) => module.MatrixTable), {
  ssr: false,
  loading: MatrixSkeleton,
});

interface MatrixViewProps {
  matrix: Matrix;
  shown: ShownRows;
  asOfMs: number;
  params: MatrixParams;
  setParams: SetMatrixParams;
  leave: () => void;
}

/** The visible rows as a picture, or as a table; below it the selection and the legend. */
export function MatrixView({ matrix, shown, asOfMs, params, setParams, leave }: MatrixViewProps) {
  const { cells, rows } = shown;
  const { hours } = matrix;
  const fromMs = matrix.from.getTime();
  const [view, changeView] = useView(matrix, params, setParams);
  const days = useMemo(() => daysOf(new Date(fromMs), hours), [fromMs, hours]);
  const hourly = useMemo(() => {
    const calm = params.fold ? findCalmDays(cells, hours, rows, days) : [];
    return hourColumns(days, (day) => calm[day] ?? false);
  }, [cells, hours, rows, days, params.fold]);
  const daily = useMemo(() => dayColumns(days), [days]);
  const selection = readSelection(matrix, params);
  const row = rows.find((each) => matrix.types[each]?.eventType === params.type);

  return (
    <>
      {params.view === "table" ? (
        <MatrixTable matrix={matrix} rows={rows} days={days} asOfMs={asOfMs} params={params} setParams={setParams} />
      ) : (
        <MatrixStage
          matrix={matrix}
          cells={cells}
          rows={rows}
          days={days}
          hourColumns={hourly}
          dayColumns={daily}
          asOfMs={asOfMs}
          view={view}
          changeView={changeView}
          params={params}
          setParams={setParams}
          leave={leave}
        />
      )}
      {selection && (
        <SelectionBar
          matrix={matrix}
          rows={rows}
          {...selection}
          setParams={setParams}
          onZoom={() => {
            if (params.view === "table") setParams({ view: null });
            changeView((before) => ({
              ...before,
              left: selection.first,
              span: Math.max(12, selection.end - selection.first),
            }));
          }}
        />
      )}
      {row !== undefined && params.hour && params.view !== "table" && (
        <CellCard matrix={matrix} row={row} hour={params.hour} asOfMs={asOfMs} />
      )}
      <MatrixLegend by={params.by} />
    </>
  );
}
