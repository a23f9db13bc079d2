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
}

export function BoardFilterBox({ ref, text, onChange, onLeave, unknownKeys }: BoardFilterBoxProps) {
  const unknown = unknownKeys.map((key) => `${key}:`).join(", ");
  return (
    <TextInput
      ref={ref}
      className={styles.filter ?? ""}
      classNames={{ description: styles.hint ?? "" }}
      type="search"
      size="sm"
      aria-label="Filter the types"
      placeholder="tier:high state:late owner:payments dc:lon, or a name"
      spellCheck={false}
      autoComplete="off"
      value={text}
      onChange={(event) => onChange(event.currentTarget.value)}
      onBlur={onLeave}
      description={
        unknown ? `${unknown} is no filter: ${filterKeys.map((key) => `${key}:`).join(" ")} are.` : undefined
      }
      inputWrapperOrder={["input", "description"]}
    />
  );
}
