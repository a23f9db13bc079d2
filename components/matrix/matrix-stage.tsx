"use client";

import { useRouter } from "next/navigation";
import { type CSSProperties, useLayoutEffect, useMemo, useRef, useState } from "react";
import page from "#components/ui/page.module.css";
import { formatHour } from "#domain/hour.ts";
import {
  type Columns,
  columnOf,
  type Days,
  hitTest,
  hourAt,
  indexOfHour,
  layOut,
  type Matrix,
  panBy,
  readableRowPx,
  reveal,
  type Scene,
  type View,
  zoomAt,
} from "#domain/matrix.ts";
import { makeCellImage } from "./cell-image.ts";
import { CellTip } from "./cell-tip.tsx";
import { describeCell, type Place, sayCell } from "./cell-words.ts";
import { moveCursor, placeOf } from "./cursor-keys.ts";
import styles from "./matrix.module.css";
import { MatrixAxes } from "./matrix-axes.tsx";
import { paintMatrix } from "./paint-matrix.ts";
import type { MatrixParams, SetMatrixParams } from "./use-matrix-params.ts";
import { usePalette } from "./use-palette.ts";
import { type Point, usePointer } from "./use-pointer.ts";
import { useSaid } from "./use-said.ts";
import { useSize } from "./use-size.ts";
import { ZoomButtons } from "./zoom-buttons.tsx";

interface MatrixStageProps {
  matrix: Matrix;
  cells: Uint8Array;
  rows: readonly number[];
  days: Days;
  /** Hours, with calm days folded if requested. */
  hourColumns: Columns;
  dayColumns: Columns;
  asOfMs: number;
  view: View;
  changeView: (change: (view: View) => View) => void;
  params: MatrixParams;
  setParams: SetMatrixParams;
  /** To be called before navigating to another page. */
  leave: () => void;
}

const keyZoom = 1.5;

/** The canvas with its axes. The cell under the cursor and the brushed hours are kept in the URL. */
export function MatrixStage(props: MatrixStageProps) {
  const { matrix, cells, rows, days, asOfMs, view, changeView, params, setParams } = props;
  const router = useRouter();
  const area = useRef<HTMLDivElement>(null);
  const canvas = useRef<HTMLCanvasElement>(null);
  const size = useSize(area);
  const palette = usePalette(area, params.by);
  const [hoverAt, setHoverAt] = useState<Point | null>(null);
  const [brushed, setBrushed] = useState<Selection | null>(null);
  const anchor = useRef<Place | null>(null);
  const { width, height } = size ?? { width: 0, height: 0 };

  const scene: Scene = {
    widthPx: Math.max(1, width),
    heightPx: Math.max(1, height),
    rows: rows.length,
    hours: props.hourColumns,
    days: props.dayColumns,
  };
  const layout = layOut(view, scene);
  const image = useMemo(
    () => size && palette && makeCellImage(cells, matrix.hours, rows, layout.columns, palette),
    [size, cells, matrix.hours, rows, layout.columns, palette],
  );
  const cursor = findCursor(matrix, rows, layout.columns, params);
  const hover = hoverAt && hitTest(layout, rows.length, hoverAt.x, hoverAt.y);
  const selection = brushed ?? readSelection(matrix, params);
  const hoverWords = hover && describeCell(matrix, inMatrix(hover, rows), asOfMs);
  const cursorWords = cursor && describeCell(matrix, inMatrix(cursor, rows), asOfMs);
  const said = useSaid(hoverWords ? sayCell(hoverWords) : cursorWords ? sayCell(cursorWords) : "");

  useLayoutEffect(() => {
    const context = canvas.current?.getContext("2d");
    if (!context || !size || !palette || !image) return;
    paintMatrix(context, { matrix, image, layout, days, palette, cursor, hover, selection, ...size });
  });

  function placeCursor(place: Place) {
    const eventType = matrix.types[rows[place.row] ?? -1]?.eventType ?? null;
    setParams({ type: eventType, hour: formatHour(hourAt(matrix, place.hour)) });
  }
  function openPlace(place: Place) {
    if (place.endHour - place.hour > 1) {
      // A day, folded or a bar: its hours.
      setParams({ fold: false });
      return changeView((before) => ({ ...before, left: place.hour, span: 24 }));
    }
    const name = matrix.types[rows[place.row] ?? -1]?.eventType ?? "";
    props.leave();
    router.push(`/event-types/${encodeURIComponent(name)}/hours/${formatHour(hourAt(matrix, place.hour))}`);
  }
  function select(next: Selection | null) {
    setParams({
      selFrom: next && formatHour(hourAt(matrix, next.first)),
      selTo: next && formatHour(hourAt(matrix, next.end)),
    });
  }

  usePointer(area, {
    hover: setHoverAt,
    pick(at) {
      const hit = hitTest(layout, rows.length, at.x, at.y);
      if (hit) placeCursor(hit);
      setHoverAt(hit && at);
    },
    open(at) {
      const hit = hitTest(layout, rows.length, at.x, at.y);
      if (hit) openPlace(hit);
    },
    brush(from, to, done) {
      const next = brushBetween(from.x, to.x, layout, matrix.hours);
      setBrushed(done ? null : next);
      if (done) select(next);
    },
    pan(dx, dy) {
      const after = panBy(view, scene, dx, dy);
      const moves = Math.abs(after.left - view.left) + Math.abs(after.top - view.top) > 1e-6;
      if (moves) changeView((before) => panBy(before, scene, dx, dy));
      return moves;
    },
    zoom: (factor, at) => changeView((before) => zoomAt(before, scene, factor, at)),
  });

  function zoomAtCursor(factor: number) {
    const x = cursor ? (columnOf(layout.columns, cursor.hour) - layout.leftColumn + 0.5) * layout.columnPx : width / 2;
    const y = cursor ? (cursor.row - layout.topRow + 0.5) * layout.rowPx : height / 2;
    changeView((before) => zoomAt(before, scene, factor, { x: within(x, width), y: within(y, height) }));
  }
  function onKeyDown(event: React.KeyboardEvent) {
    if (event.altKey || event.metaKey) return;
    const field = { columns: layout.columns, rows: rows.length, pageRows: Math.floor(height / layout.rowPx) };
    const next = moveCursor(event.key, event.ctrlKey, cursor, field);
    if (next) {
      setHoverAt(null);
      anchor.current = event.shiftKey ? (anchor.current ?? cursor ?? next) : null;
      if (anchor.current) select(spanOf(anchor.current, next));
      placeCursor(next);
      changeView((before) => reveal(before, scene, next.row, next.hour));
    } else if (event.key === "Enter" && cursor) openPlace(cursor);
    else if (event.key === "+" || event.key === "=") zoomAtCursor(keyZoom);
    else if (event.key === "-") zoomAtCursor(1 / keyZoom);
    else if (event.key === "0") changeView((before) => ({ ...before, left: 0, span: null, top: 0 }));
    else if (event.key === "Escape" && selection) select(null);
    else return;
    event.preventDefault();
  }

  const tip = hoverWords && hoverAt ? { words: hoverWords, at: hoverAt } : null;
  const overflows = layout.rowPx * rows.length > height + 1;
  return (
    <>
      <ZoomButtons
        span={view.span}
        hours={scene.hours.count}
        onZoom={zoomAtCursor}
        onSpan={(span) =>
          changeView((before) => (span === null ? { ...before, left: 0, span, top: 0 } : lookAt(before, scene, span)))
        }
      />
      <div
        className={styles.stage}
        style={{ "--rows": rows.length, "--row-px": `${readableRowPx}px` } as CSSProperties}
      >
        {size && <MatrixAxes matrix={matrix} rows={rows} days={days} layout={layout} width={width} height={height} />}
        <div
          ref={area}
          className={`${styles.cells} ${styles.inks}`}
          data-by={params.by}
          data-overflows={overflows || undefined}
          role="application"
          aria-roledescription="matrix"
          aria-label={`${rows.length} types by ${matrix.hours} hours. Arrow keys go from cell to cell, Enter opens the hour, Shift with an arrow key selects hours, plus and minus zoom. Also available as a table.`}
          // biome-ignore lint/a11y/noNoninteractiveTabindex: its own arrow keys move between cells, as in any grid
          tabIndex={0}
          onKeyDown={onKeyDown}
          onFocus={() => cursor && changeView((before) => reveal(before, scene, cursor.row, cursor.hour))}
        >
          <canvas
            ref={canvas}
            width={Math.round(width * (size?.ratio ?? 1))}
            height={Math.round(height * (size?.ratio ?? 1))}
          />
          {tip && <CellTip words={tip.words} at={tip.at} width={width} />}
        </div>
      </div>
      <div className={page.said} aria-live="polite">
        {said}
      </div>
    </>
  );
}

interface Selection {
  first: number;
  end: number;
}

/** A visible row's index in the matrix. */
function inMatrix(place: Place, rows: readonly number[]): Place {
  return { row: rows[place.row] ?? 0, hour: place.hour, endHour: place.endHour };
}

function findCursor(matrix: Matrix, rows: readonly number[], columns: Columns, params: MatrixParams): Place | null {
  if (params.type === null || params.hour === null) return null;
  const row = rows.findIndex((each) => matrix.types[each]?.eventType === params.type);
  const hour = indexOfHour(matrix, params.hour);
  if (row < 0 || hour < 0 || hour >= matrix.hours) return null;
  return placeOf(columns, columnOf(columns, hour), row);
}

export function readSelection(matrix: Matrix, { selFrom, selTo }: MatrixParams): Selection | null {
  if (selFrom === null || selTo === null) return null;
  const first = Math.max(0, indexOfHour(matrix, selFrom));
  const end = Math.min(matrix.hours, indexOfHour(matrix, selTo));
  return first < end ? { first, end } : null;
}

function brushBetween(x1: number, x2: number, layout: ReturnType<typeof layOut>, hours: number): Selection {
  const { columns, leftColumn, columnPx } = layout;
  const columnUnder = (x: number) => within(Math.floor(leftColumn + x / columnPx), columns.count - 1);
  const [first, last] = [columnUnder(Math.min(x1, x2)), columnUnder(Math.max(x1, x2))];
  return { first: columns.starts[first] ?? 0, end: columns.starts[last + 1] ?? hours };
}

function spanOf(a: Place, b: Place): Selection {
  return { first: Math.min(a.hour, b.hour), end: Math.max(a.endHour, b.endHour) };
}

/** This many hours, ending where the visible ones end; if all are visible, the newest. */
function lookAt(view: View, scene: Scene, span: number): View {
  const { columns, leftColumn, columnPx } = layOut(view, scene);
  const right = columns.starts[Math.min(columns.count, Math.ceil(leftColumn + scene.widthPx / columnPx))] ?? 0;
  return panBy({ ...view, left: Math.max(0, right - span), span }, scene, 0, 0);
}

function within(value: number, last: number): number {
  return Math.min(Math.max(value, 0), last);
}
