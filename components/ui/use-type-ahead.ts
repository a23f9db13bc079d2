"use client";

import { type KeyboardEvent, useRef } from "react";

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

/**
 * The index of the option whose label begins with what was typed, from the current one on and around; -1: none. One letter, also
 * repeated, looks behind the current one, so that it leads through all that begin with it.
 */
export function findTyped(options: readonly { label: string }[], current: number, typed: string): number {
  const text = typed.toLowerCase();
  const isLetter = text.length > 0 && [...text].every((letter) => letter === text[0]);
  const sought = isLetter ? text.slice(0, 1) : text;
  const start = Math.max(0, current) + (isLetter ? 1 : 0);
  const inOrder = options.map((_, index) => (start + index) % options.length);
  return inOrder.find((index) => options[index]?.label.toLowerCase().startsWith(sought)) ?? -1;
}
