"use client";

import { type Ref, useId } from "react";
import styles from "./board.module.css";
import box from "./board-filter-box.module.css";
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
  const hint = useId();
  return (
    <div className={styles.filter}>
      <input
        ref={ref}
        className={box.box}
        type="search"
        aria-label="Filter event types"
        aria-describedby={unknown ? hint : undefined}
        placeholder="tier:high state:late owner:payments dc:lon, or a name"
        spellCheck={false}
        autoComplete="off"
        value={text}
        onChange={(event) => onChange(event.currentTarget.value)}
        onBlur={onLeave}
      />
      {unknown && (
        <p id={hint} className={`${styles.hint} ${box.unknown}`}>
          {unknown} is not a filter. {keys.map((key) => `${key}:`).join(" ")} are filters.
        </p>
      )}
    </div>
  );
}
