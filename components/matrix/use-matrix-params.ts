"use client";

import { useWindowEvent } from "@mantine/hooks";
import { useSearchParams } from "next/navigation";
import {
  createLoader,
  createParser,
  createSerializer,
  type inferParserType,
  parseAsBoolean,
  parseAsFloat,
  parseAsInteger,
  parseAsNumberLiteral,
  parseAsString,
  parseAsStringLiteral,
} from "nuqs";
import { useCallback, useEffect, useRef, useState } from "react";
import { formatHour, parseHour } from "#domain/hour.ts";
import { colourings } from "#domain/matrix.ts";
import { rangeDays, standardDays } from "./standard-range.ts";

const parseAsHour = createParser({
  parse: (text) => {
    const hour = parseHour(text);
    return hour && formatHour(hour);
  },
  serialize: (hour: string) => hour,
});

const params = {
  days: parseAsNumberLiteral(rangeDays).withDefault(standardDays),
  from: parseAsHour,
  to: parseAsHour,
  by: parseAsStringLiteral(colourings).withDefault("state"),
  order: parseAsStringLiteral(["worst", "name"] as const).withDefault("worst"),
  fold: parseAsBoolean.withDefault(false),
  view: parseAsStringLiteral(["table"] as const),
  // The visible part: the hour at the left edge, how many fill the width, the row at the upper edge.
  at: parseAsHour,
  span: parseAsFloat,
  row: parseAsInteger,
  // The cell under the cursor, and the brushed hours.
  type: parseAsString,
  hour: parseAsHour,
  selFrom: parseAsHour,
  selTo: parseAsHour,
};
const load = createLoader(params);
const serialize = createSerializer(params);

export type MatrixParams = inferParserType<typeof params>;
export type SetMatrixParams = (change: Partial<MatrixParams>) => void;

// Browsers refuse more than a few URL changes per second.
const writeAfterMs = 200;
/** A URL change cancels a navigation in progress: while there may be one, nothing is written. */
const leavingMs = 5_000;

/**
 * The page's whole view state, mirrored to its URL with a short delay. `leave` writes it at once: to be called before
 * navigating in code; links do it by themselves.
 */
export function useMatrixParams(): { params: MatrixParams; setParams: SetMatrixParams; leave: () => void } {
  const inUrl = useSearchParams().toString();
  const [state, setState] = useState(() => load(new URLSearchParams(inUrl)));
  const latest = useRef(state);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const isWaiting = useRef(false);
  const quietUntilMs = useRef(0);

  const settle = useCallback(() => {
    clearTimeout(timer.current);
    if (!isWaiting.current) return;
    isWaiting.current = false;
    const url = serialize(window.location.href, latest.current);
    if (url !== window.location.href) window.history.replaceState(null, "", url);
  }, []);
  const setParams = useCallback<SetMatrixParams>(
    (change) => {
      latest.current = { ...latest.current, ...change };
      isWaiting.current = true;
      setState(latest.current);
      clearTimeout(timer.current);
      timer.current = setTimeout(settle, Math.max(writeAfterMs, quietUntilMs.current - performance.now()));
    },
    [settle],
  );
  const leave = useCallback(() => {
    settle();
    quietUntilMs.current = performance.now() + leavingMs;
  }, [settle]);

  useEffect(() => {
    // The history, or a link to this page. Our own write coming back changes nothing.
    const asked = load(new URLSearchParams(inUrl));
    if (isWaiting.current || serialize("", asked) === serialize("", latest.current)) return;
    latest.current = asked;
    setState(asked);
  }, [inUrl]);
  const onClick = ({ target }: MouseEvent) => {
    if (target instanceof Element && target.closest("a[href]")) leave();
  };
  useWindowEvent("click", onClick, { capture: true });
  useEffect(() => () => clearTimeout(timer.current), []);
  return { params: state, setParams, leave };
}
