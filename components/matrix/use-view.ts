"use client";

import { useCallback, useEffect, useRef, useState } from "react";
import { formatHour, parseHour } from "#domain/hour.ts";
import { hourAt, type Matrix, type View } from "#domain/matrix.ts";
import type { MatrixParams, SetMatrixParams } from "./use-matrix-params.ts";

const hourMs = 3_600_000;
const writeAfterMs = 250;

/** The visible part. It moves with every frame; the URL follows with a delay. */
export function useView(
  matrix: Matrix,
  { at, span, row }: MatrixParams,
  setParams: SetMatrixParams,
): [View, (change: (view: View) => View) => void] {
  const fromMs = matrix.from.getTime();
  const inUrl = `${at ?? ""} ${span ?? ""} ${row ?? ""}`;
  const readUrl = useCallback((): View => {
    const hour = at ? parseHour(at) : null;
    return { left: hour ? (hour.getTime() - fromMs) / hourMs : 0, span, top: row ?? 0 };
  }, [at, span, row, fromMs]);
  const [view, setView] = useState(readUrl);
  const written = useRef(inUrl);
  const isOurs = useRef(false);
  const shownFromMs = useRef(fromMs);

  useEffect(() => {
    if (shownFromMs.current === fromMs) return;
    // The range moved with time: the same hours stay in view.
    const hours = (fromMs - shownFromMs.current) / hourMs;
    shownFromMs.current = fromMs;
    setView((before) => (before.span === null ? before : { ...before, left: Math.max(0, before.left - hours) }));
  }, [fromMs]);
  useEffect(() => {
    if (written.current === inUrl) return;
    written.current = inUrl;
    isOurs.current = false;
    setView(readUrl());
  }, [inUrl, readUrl]);
  useEffect(() => {
    if (!isOurs.current) return;
    const timer = setTimeout(() => {
      const { left, top } = view;
      const params = {
        at: view.span === null ? null : formatHour(hourAt({ from: new Date(fromMs) }, Math.round(left))),
        span: view.span === null ? null : Math.round(view.span * 10) / 10,
        row: Math.round(top) || null,
      };
      written.current = `${params.at ?? ""} ${params.span ?? ""} ${params.row ?? ""}`;
      setParams(params);
    }, writeAfterMs);
    return () => clearTimeout(timer);
  }, [view, fromMs, setParams]);

  const change = useCallback((next: (view: View) => View) => {
    isOurs.current = true;
    setView(next);
  }, []);
  return [view, change];
}
