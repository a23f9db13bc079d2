"use client";

import { Button, NativeSelect } from "@mantine/core";
import type { ReactNode } from "react";
import { formatCount } from "#components/ui/number-format.ts";
import page from "#components/ui/page.module.css";
import { StateGlyph } from "#components/ui/state-glyph.tsx";
import type { CompactBoardJson } from "#domain/api/board.ts";
import styles from "./board.module.css";
import { filterChips, toggleTerm } from "./filter-chips.ts";
import { type Grouping, groupings } from "./groups.ts";

interface BoardToolbarProps {
  board: CompactBoardJson;
  text: string;
  onText: (text: string) => void;
  grouping: Grouping | null;
  onGrouping: (grouping: Grouping | null) => void;
  children: ReactNode;
}

const groupNames: Record<Grouping, string> = { tier: "tier", owner: "owner", dc: "datacenter", cause: "cause" };
const choices = [{ value: "", label: "nothing" }, ...groupings.map((value) => ({ value, label: groupNames[value] }))];

/** Filters and order of the board: chips for its contents, groups, and other controls beside them. */
export function BoardToolbar({ board, text, onText, grouping, onGrouping, children }: BoardToolbarProps) {
  return (
    <div className={`${page.controls} ${styles.chipLine}`}>
      <fieldset className={styles.chips} aria-label="Show only">
        {filterChips(board, text).map(({ term, label, state, count, on }) => (
          <Button
            key={term}
            aria-pressed={on}
            leftSection={state && <StateGlyph state={state} />}
            onClick={() => onText(toggleTerm(text, term))}
          >
            {label}&nbsp;<span className={page.quiet}>{formatCount(count)}</span>
          </Button>
        ))}
      </fieldset>
      <NativeSelect
        label="Group by"
        value={grouping ?? ""}
        data={choices}
        onChange={({ target }) => onGrouping(groupings.find((each) => each === target.value) ?? null)}
      />
      {children}
    </div>
  );
}
