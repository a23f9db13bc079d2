"use client";

import { Button } from "@mantine/core";
import { useDeferredValue, useMemo } from "react";
import { formatCount } from "#components/ui/number-format.ts";
import page from "#components/ui/page.module.css";
import { StateGlyph } from "#components/ui/state-glyph.tsx";
import type { CompactBoardJson } from "#domain/api/board.ts";
import styles from "./board.module.css";
import { filterChips, toggleTerm } from "./filter-chips.ts";
import { type Grouping, groupings } from "./groups.ts";

interface BoardChipsProps {
  board: CompactBoardJson;
  text: string;
  onText: (text: string) => void;
  /** Every row is loaded: before that nothing is counted. */
  isWhole: boolean;
}

/** What the board has, each as a filter to press. */
export function BoardChips({ board, text, onText, isWhole }: BoardChipsProps) {
  // Typing never waits for the counts.
  const counted = useDeferredValue(text);
  const chips = useMemo(() => filterChips(board, counted), [board, counted]);
  return (
    <fieldset className={styles.chips} aria-label="Show only">
      {chips.map(({ term, label, state, count, on }) => (
        <Button
          key={term}
          size="compact-sm"
          aria-pressed={on}
          leftSection={state && <StateGlyph state={state} />}
          onClick={() => onText(toggleTerm(text, term))}
        >
          {label}
          {isWhole && <span className={page.quiet}>&nbsp;{formatCount(count)}</span>}
        </Button>
      ))}
    </fieldset>
  );
}

interface GroupButtonsProps {
  grouping: Grouping | null;
  onGrouping: (grouping: Grouping | null) => void;
}

const groupNames: Record<Grouping, string> = { tier: "tier", owner: "owner", dc: "datacenter", cause: "cause" };

/** What the rows are grouped by: pressed again, by nothing. */
export function GroupButtons({ grouping, onGrouping }: GroupButtonsProps) {
  return (
    <fieldset className={styles.groupings} aria-label="Group by">
      <span className={page.quiet}>Group by</span>
      {groupings.map((each) => (
        <Button
          key={each}
          size="compact-sm"
          aria-pressed={grouping === each}
          onClick={() => onGrouping(grouping === each ? null : each)}
        >
          {groupNames[each]}
        </Button>
      ))}
    </fieldset>
  );
}
