"use client";

import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import { failureOf, queries } from "#components/api/queries.ts";
import { addHours, formatHour, hourOf } from "#domain/hour.ts";
import { decodeMatrix, mergeRecent, resolveMatrixRange } from "#domain/matrix.ts";
import { rangeStart } from "./standard-range.ts";
import type { MatrixParams } from "./use-matrix-params.ts";

/** How many of the newest hours are polled; a long range as a whole is refetched only occasionally. */
const recentHours = 48;
const often = { refetchInterval: 10_000, staleTime: 9_000 } as const;
const minuteMs = 60_000;

export type MatrixData = ReturnType<typeof useMatrixData>;

/** The hours that the URL asks for, live. `nowAt`: the product's time when the page was rendered. */
export function useMatrixData(params: Pick<MatrixParams, "days" | "from" | "to">, nowAt: string) {
  const status = useQuery({ ...queries.status(), enabled: false });
  const nowMs = Math.max(Date.parse(nowAt), Date.parse(status.data?.now ?? nowAt));
  const next = addHours(hourOf(new Date(nowMs)), 1);
  const asked =
    params.from || params.to
      ? { from: params.from ?? undefined, to: params.to ?? undefined }
      : { from: rangeStart(params.days, new Date(nowMs)) };
  const range = resolveMatrixRange(asked, new Date(nowMs));
  const isLive = range.to.getTime() === next.getTime();
  const [from, to] = [formatHour(range.from), formatHour(range.to)];

  const recentFrom = addHours(next, -recentHours);
  const isLong = recentFrom > range.from;
  const whole = useQuery({
    ...queries.matrix({ from, ...(isLive ? {} : { to }) }),
    ...(isLong ? {} : often),
    placeholderData: keepPreviousData,
  });
  const recent = useQuery({
    ...queries.matrix({ from: formatHour(recentFrom) }),
    ...often,
    enabled: isLive && isLong && whole.isSuccess,
  });
  const decoded = useMemo(() => whole.data && decodeMatrix(whole.data), [whole.data]);
  const matrix = useMemo(() => {
    if (!decoded || !isLive || !recent.data || recent.dataUpdatedAt < whole.dataUpdatedAt) return decoded ?? null;
    return mergeRecent(decoded, decodeMatrix(recent.data));
  }, [decoded, isLive, recent.data, recent.dataUpdatedAt, whole.dataUpdatedAt]);
  return {
    /** null: nothing loaded yet. */
    matrix,
    /** Included and excluded, by name. */
    from,
    to,
    /** The range ends with the current hour: it moves with time. */
    isLive,
    /** What was wrong with the requested range. */
    fault: range.fault?.detail ?? null,
    /** The product's time, to the minute. */
    asOfMs: Math.floor(nowMs / minuteMs) * minuteMs,
    updatedAtMs: Math.max(whole.dataUpdatedAt, isLive ? recent.dataUpdatedAt : 0),
    failure: failureOf(whole) ?? failureOf(recent),
    /** Another range is loading, and this is still the previous one. */
    isBehind: whole.isPlaceholderData,
  };
}
