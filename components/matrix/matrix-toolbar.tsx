"use client";

import { ActionIcon, Checkbox } from "@mantine/core";
import { IconChevronLeft, IconChevronRight } from "@tabler/icons-react";
import { Choice } from "#components/ui/choice.tsx";
import page from "#components/ui/page.module.css";
import { addHours, formatHour, parseHour } from "#domain/hour.ts";
import type { Colouring } from "#domain/matrix.ts";
import styles from "./matrix.module.css";
import { colouringNames } from "./matrix-legend.tsx";
import { rangeDays } from "./standard-range.ts";
import type { MatrixData } from "./use-matrix-data.ts";
import type { MatrixParams, SetMatrixParams } from "./use-matrix-params.ts";

interface MatrixToolbarProps {
  data: MatrixData;
  params: MatrixParams;
  setParams: SetMatrixParams;
}

const colourings = Object.entries(colouringNames).map(([value, label]) => ({ value: value as Colouring, label }));
const orders = [
  { value: "worst", label: "worst first" },
  { value: "name", label: "by name" },
] as const;
const wholeView = { at: null, span: null, row: null } as const;

/** The range of hours, the colouring and the order. */
export function MatrixToolbar({ data, params, setParams }: MatrixToolbarProps) {
  const isOwnRange = params.from !== null || params.to !== null;
  const go = (direction: 1 | -1) => setParams({ ...wholeView, ...shift(data, direction) });
  return (
    <div className={`${page.controls} ${styles.toolbar}`}>
      <Choice
        label="Hours"
        value={isOwnRange ? "own" : String(params.days)}
        onChange={(value) => {
          const days = rangeDays.find((each) => String(each) === value);
          if (days) setParams({ ...wholeView, days, from: null, to: null });
        }}
        data={[
          ...rangeDays.map((days) => ({ value: String(days), label: `last ${days} days` })),
          ...(isOwnRange ? [{ value: "own", label: `${data.from} to ${data.to}` }] : []),
        ]}
      />
      <ActionIcon.Group>
        <ActionIcon variant="default" onClick={() => go(-1)} aria-label="Previous range">
          <IconChevronLeft size={16} stroke={1.75} aria-hidden="true" />
        </ActionIcon>
        <ActionIcon variant="default" disabled={data.isLive} onClick={() => go(1)} aria-label="Next range">
          <IconChevronRight size={16} stroke={1.75} aria-hidden="true" />
        </ActionIcon>
      </ActionIcon.Group>
      <Choice label="Colour by" value={params.by} onChange={(by) => setParams({ by })} data={colourings} />
      <Choice label="Order" value={params.order} onChange={(order) => setParams({ order })} data={orders} />
      <Checkbox
        label="Fold calm days"
        checked={params.fold}
        onChange={(event) => setParams({ fold: event.target.checked })}
      />
      <Checkbox
        label="As table"
        checked={params.view === "table"}
        onChange={(event) => setParams({ view: event.target.checked ? "table" : null })}
      />
    </div>
  );
}

/** The range just before or after, as long as this one. */
function shift({ from, to }: MatrixData, direction: 1 | -1) {
  const [first, end] = [parseHour(from), parseHour(to)];
  if (!first || !end) return {};
  const hours = Math.round((end.getTime() - first.getTime()) / 3_600_000) * direction;
  return { from: formatHour(addHours(first, hours)), to: formatHour(addHours(end, hours)) };
}
