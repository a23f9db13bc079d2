"use client";

import { TextInput } from "@mantine/core";
import type { Ref } from "react";
import styles from "./board.module.css";
import { filterKeys } from "./filter.ts";

interface BoardFilterBoxProps {
  ref: Ref<HTMLInputElement>;
  text: string;
  onChange: (text: string) => void;
  onLeave: () => void;
  unknownKeys: string[];
  /** The values available for filtering. */
  keys?: readonly string[];
}

export function BoardFilterBox({ ref, text, onChange, onLeave, unknownKeys, keys = filterKeys }: BoardFilterBoxProps) {
  const unknown = unknownKeys.map((key) => `${key}:`).join(", ");
  return (
    <TextInput
      ref={ref}
      className={styles.filter ?? ""}
      type="search"
      aria-label="Filter event types"
      placeholder="tier:high state:late owner:payments dc:lon, or a name"
      spellCheck={false}
      autoComplete="off"
      value={text}
      onChange={(event) => onChange(event.currentTarget.value)}
      onBlur={onLeave}
      description={unknown && `${unknown} is not a filter. ${keys.map((key) => `${key}:`).join(" ")} are.`}
    />
  );
}
