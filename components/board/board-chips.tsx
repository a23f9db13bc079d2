"use client";

import { Button } from "@mantine/core";
import { memo, useMemo } from "react";
import { formatCount } from "#components/ui/number-format.ts";
import page from "#components/ui/page.module.css";
import { StateGlyph } from "#components/ui/state-glyph.tsx";
import type { CompactBoardJson } from "#domain/api/board.ts";
import styles from "./board.module.css";
import { type FilterChip, filterChips } from "./filter-chips.ts";
import { type Grouping, groupings } from "./groups.ts";

interface BoardChipsProps {
  board: CompactBoardJson;
  text: string;
  /** Adds a chip's term to the filter, or removes it. */
  onToggle: (term: string) => void;
  /** Every row is loaded: before that nothing is counted. */
  isWhole: boolean;
}

/** What the board has, each as a filter to press. */
export const BoardChips = memo(function BoardChips({ board, text, onToggle, isWhole }: BoardChipsProps) {
  const chips = useMemo(() => filterChips(board, text), [board, text]);
  return (
    <fieldset className={styles.chips} aria-label="Show only">
      {chips.map(({ count, ...chip }) => (
        <Chip key={chip.term} {...chip} count={isWhole ? count : null} onToggle={onToggle} />
      ))}
    </fieldset>
  );
});

type ChipProps = Omit<FilterChip, "count"> & { count: number | null; onToggle: (term: string) => void };

const Chip = memo(function Chip({ term, label, state, on, count, onToggle }: ChipProps) {
  return (
    <Button
      size="compact-sm"
      aria-pressed={on}
      leftSection={state && <StateGlyph state={state} />}
      onClick={() => onToggle(term)}
    >
      {label}
      {count !== null && <span className={page.quiet}>&nbsp;{formatCount(count)}</span>}
    </Button>
  );
});

interface GroupButtonsProps {
  grouping: Grouping | null;
  onGrouping: (grouping: Grouping | null) => void;
}

const groupNames: Record<Grouping, string> = { tier: "tier", owner: "owner", dc: "datacenter", cause: "cause" };

/** What the rows are grouped by: pressed again, by nothing. */
export const GroupButtons = memo(function GroupButtons({ grouping, onGrouping }: GroupButtonsProps) {
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
});
