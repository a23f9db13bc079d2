"use client";

import { Button } from "@mantine/core";
import { useRef } from "react";
import { BoardFilterBox } from "#components/board/board-filter-box.tsx";
import { parseFilter } from "#components/board/filter.ts";
import { NothingClaimed, NothingMatches } from "#components/board/nothing-to-list.tsx";
import { useFilterText } from "#components/board/use-filter-text.ts";
import { AsOf } from "#components/ui/as-of.tsx";
import { Notice } from "#components/ui/notice.tsx";
import { formatCount, formatCountOf } from "#components/ui/number-format.ts";
import page from "#components/ui/page.module.css";
import { emptyMatrix } from "#domain/matrix.ts";
import styles from "./matrix.module.css";
import { MatrixSkeleton } from "./matrix-skeleton.tsx";
import { MatrixToolbar } from "./matrix-toolbar.tsx";
import { MatrixView } from "./matrix-view.tsx";
import { useMatrixData } from "./use-matrix-data.ts";
import { useMatrixParams } from "./use-matrix-params.ts";
import { useShownRows } from "./use-shown-rows.ts";

/** Until the hours are loaded. */
const nothingKnown = emptyMatrix(new Date(0), 0, []);

/** Types × hours. `nowAt`: the product's time when the page was rendered. */
export function Matrix({ nowAt }: { nowAt: string }) {
  const { params, setParams, leave } = useMatrixParams();
  const data = useMatrixData(params, nowAt);
  const { text, write, settle } = useFilterText();
  const filterBox = useRef<HTMLInputElement>(null);
  const showAll = () => {
    write("");
    filterBox.current?.focus();
  };
  const matrix = data.matrix ?? nothingKnown;
  const range = `${params.days} ${params.from} ${params.to} ${data.isBehind} ${data.matrix !== null}`;
  const shown = useShownRows(matrix, range, text, params, data.asOfMs);
  return (
    <article className={`${page.page} ${styles.page}`}>
      <div className={page.heading}>
        <h1>Completeness</h1>
        {data.matrix && <AsOf updatedAtMs={data.updatedAtMs} failure={data.failure} />}
      </div>
      {data.fault && (
        <p className={page.refusal} role="status">
          {data.fault} Shown is {data.from} to {data.to}.
        </p>
      )}
      {data.matrix?.types.length === 0 ? (
        <NothingClaimed />
      ) : (
        <>
          <div className={page.controls}>
            <BoardFilterBox
              ref={filterBox}
              text={text}
              onChange={write}
              onLeave={settle}
              unknownKeys={parseFilter(text).unknownKeys}
            />
            <span className={page.hint} role="status">
              {data.matrix && sayHowMany(shown.rows.length, matrix.types.length)}
              {data.isBehind && ", loading another range"}
            </span>
            {shown.moved > 0 && (
              <Button onClick={shown.showNewOrder}>
                {shown.moved === 1 ? "1 row moved" : `${formatCount(shown.moved)} rows moved`}. Show the new order
              </Button>
            )}
          </div>
          <MatrixToolbar data={data} params={params} setParams={setParams} />
          {!data.matrix ? (
            <NoMatrix failure={data.failure} />
          ) : shown.rows.length === 0 ? (
            <NothingMatches text={text} onClear={showAll} />
          ) : (
            <MatrixView {...{ matrix, shown, params, setParams, leave }} asOfMs={data.asOfMs} />
          )}
        </>
      )}
    </article>
  );
}

function NoMatrix({ failure }: { failure: string | null }) {
  if (failure === null) return <MatrixSkeleton />;
  return (
    <Notice title="Couldn’t load the hours" level={2}>
      <p>{failure} Retrying every minute. Reload the page to retry now.</p>
    </Notice>
  );
}

function sayHowMany(shown: number, all: number): string {
  const types = formatCountOf(all, "type");
  return shown === all ? types : `${formatCount(shown)} of ${types}`;
}
