"use client";

import { useRef } from "react";
import { BoardFilterBox } from "#components/board/board-filter-box.tsx";
import { parseFilter } from "#components/board/filter.ts";
import { NothingClaimed, NothingMatches } from "#components/board/nothing-to-list.tsx";
import { useFilterText } from "#components/board/use-filter-text.ts";
import { AsOf } from "#components/ui/as-of.tsx";
import { Notice } from "#components/ui/notice.tsx";
import { formatCount, formatCountOf } from "#components/ui/number-format.ts";
import type { Matrix as Cells } from "#domain/matrix.ts";
import styles from "./matrix.module.css";
import { MatrixSkeleton } from "./matrix-skeleton.tsx";
import { MatrixToolbar } from "./matrix-toolbar.tsx";
import { MatrixView } from "./matrix-view.tsx";
import { type MatrixData, useMatrixData } from "./use-matrix-data.ts";
import { type MatrixParams, type SetMatrixParams, useMatrixParams } from "./use-matrix-params.ts";
import { useShownRows } from "./use-shown-rows.ts";

/** Types × hours. `nowAt`: the product's time when the page was made. */
export function Matrix({ nowAt }: { nowAt: string }) {
  const url = useMatrixParams();
  const { params } = url;
  const data = useMatrixData(params, nowAt);
  return (
    <article className={styles.page}>
      <div className={styles.heading}>
        <h1>Completeness</h1>
        {data.matrix && <AsOf updatedAtMs={data.updatedAtMs} failure={data.failure} />}
      </div>
      {data.fault && (
        <p className={styles.fault} role="status">
          {data.fault} Shown is {data.from} to {data.to}.
        </p>
      )}
      {data.matrix ? (
        <KnownMatrix matrix={data.matrix} data={data} {...url} />
      ) : data.failure ? (
        <Notice title="The hours could not be read" level={2}>
          <p>{data.failure} They are asked for again every minute, and when you load the page anew.</p>
        </Notice>
      ) : (
        <MatrixSkeleton />
      )}
    </article>
  );
}

interface KnownMatrixProps {
  matrix: Cells;
  data: MatrixData;
  params: MatrixParams;
  setParams: SetMatrixParams;
  leave: () => void;
}

function KnownMatrix({ matrix, data, params, setParams, leave }: KnownMatrixProps) {
  const { text, write, settle } = useFilterText();
  const filterBox = useRef<HTMLInputElement>(null);
  const range = `${params.days} ${params.from} ${params.to} ${data.isBehind}`;
  const shown = useShownRows(matrix, range, text, params, data.asOfMs);
  if (matrix.types.length === 0) return <NothingClaimed />;
  const all = formatCountOf(matrix.types.length, "type");
  return (
    <>
      <div className={styles.filterLine}>
        <BoardFilterBox
          ref={filterBox}
          text={text}
          onChange={write}
          onLeave={settle}
          unknownKeys={parseFilter(text).unknownKeys}
        />
        <span className={styles.quiet} role="status">
          {shown.rows.length === matrix.types.length ? all : `${formatCount(shown.rows.length)} of ${all}`}
          {data.isBehind && ", another range is on its way"}
        </span>
        {shown.moved > 0 && (
          <button type="button" className={styles.button} onClick={shown.showNewOrder}>
            {shown.moved === 1 ? "1 row moved" : `${formatCount(shown.moved)} rows moved`}: show the new order
          </button>
        )}
      </div>
      <MatrixToolbar data={data} params={params} setParams={setParams} />
      {shown.rows.length === 0 ? (
        <NothingMatches text={text} onClear={() => write("")} />
      ) : (
        <MatrixView {...{ matrix, shown, params, setParams, leave }} asOfMs={data.asOfMs} />
      )}
    </>
  );
}
