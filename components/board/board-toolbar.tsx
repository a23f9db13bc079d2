"use client";

import type { ReactNode } from "react";
import { formatCount } from "#components/ui/number-format.ts";
import { StateGlyph } from "#components/ui/state-glyph.tsx";
import type { CompactBoardJson } from "#domain/api/board.ts";
import styles from "./board-toolbar.module.css";
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

/** Filters and order of the board: chips for its contents, groups, and other controls beside them. */
export function BoardToolbar({ board, text, onText, grouping, onGrouping, children }: BoardToolbarProps) {
  return (
    <div className={styles.toolbar}>
      <fieldset className={styles.chips} aria-label="Show only">
        {filterChips(board, text).map(({ term, label, state, count, on }) => (
          <button key={term} type="button" aria-pressed={on} onClick={() => onText(toggleTerm(text, term))}>
            {state && <StateGlyph state={state} />}
            {label} <span className={styles.count}>{formatCount(count)}</span>
          </button>
        ))}
      </fieldset>
      <label className={styles.choice}>
        Group by{" "}
        <select
          value={grouping ?? ""}
          onChange={({ target }) => onGrouping(groupings.find((each) => each === target.value) ?? null)}
        >
          <option value="">nothing</option>
          {groupings.map((each) => (
            <option key={each} value={each}>
              {groupNames[each]}
            </option>
          ))}
        </select>
      </label>
      {children}
    </div>
  );
}
