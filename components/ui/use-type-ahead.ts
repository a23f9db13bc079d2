"use client";

import { type KeyboardEvent, useRef } from "react";
import { findTyped } from "./find-typed.ts";

/** Letters typed within this time of each other are the beginning of one name. */
const togetherMs = 800;

interface Option<Value> {
  value: Value;
  label: string;
}

/** Handles a key: letters choose the next option that begins with them. */
export function useTypeAhead<Value>(
  options: readonly Option<Value>[],
  chosen: Value,
  choose: (value: Value) => void,
): (event: KeyboardEvent) => void {
  const last = useRef({ text: "", at: 0 });
  return (event) => {
    if (event.key.length !== 1 || event.key === " " || event.ctrlKey || event.metaKey || event.altKey) return;
    const isSame = event.timeStamp - last.current.at < togetherMs;
    last.current = { text: (isSame ? last.current.text : "") + event.key, at: event.timeStamp };
    const current = options.findIndex(({ value }) => value === chosen);
    const found = options[findTyped(options, current, last.current.text)];
    if (found) choose(found.value);
  };
}
