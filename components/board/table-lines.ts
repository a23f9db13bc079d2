import type { CompactBoardRowJson } from "#domain/api/board.ts";
import type { BoardGroup } from "./groups.ts";

/** One line of the table: a row, or the title of a group. */
export type TableLine = { group: BoardGroup; row: null } | { group: BoardGroup | null; row: CompactBoardRowJson };

/** The table's contents, from top to bottom. */
export function tableLines(rows: readonly CompactBoardRowJson[], groups: readonly BoardGroup[] | null): TableLine[] {
  if (groups === null) return rows.map((row) => ({ group: null, row }));
  return groups.flatMap((group) => [{ group, row: null }, ...group.rows.map((row): TableLine => ({ group, row }))]);
}

/** A key that identifies a line whatever the table's order. */
export function lineKey({ group, row }: TableLine): string {
  return row ? row.eventType : `group ${group?.name}`;
}

/** Adjacent lines of one group together: each group is a tbody. */
export function splitByGroup<Line>(lines: readonly Line[], groupOf: (line: Line) => BoardGroup | null): Line[][] {
  const parts: Line[][] = [];
  for (const line of lines) {
    const last = parts.at(-1);
    const before = last?.[0];
    if (last && before !== undefined && groupOf(before) === groupOf(line)) last.push(line);
    else parts.push([line]);
  }
  return parts;
}
