import { Fragment, type ReactNode } from "react";
import styles from "./data-table.module.css";

export interface Column<Row> {
  /** Its heading. On a narrow screen it stands before the value, unless `label` says otherwise. */
  head: string;
  /** Drawn as the heading, where that is more than its words. */
  drawn?: ReactNode;
  /** Beside the value on a narrow screen; null: the value speaks for itself. */
  label?: string | null;
  cell: (row: Row) => ReactNode;
  /** A figure: aligned at its end. */
  figure?: boolean;
  /** Not wrapped to make room for a sentence beside it. */
  word?: boolean;
  /** Of less interest, or in trouble. */
  tone?: (row: Row) => "quiet" | "trouble" | undefined;
  /** On a narrow screen: left out always, or while it is quiet; at the end of the first line; a line of its own. */
  narrow?: "hidden" | "hidden-if-quiet" | "aside" | "line";
}

interface DataTableProps<Row> {
  /** Its name for screen readers. */
  label: string;
  /** Shown above it. */
  caption?: ReactNode;
  /** The first names the row. */
  columns: readonly (Column<Row> | false)[];
  rows: readonly Row[];
  rowKey: (row: Row) => string;
  /** For links to a row. */
  rowId?: (row: Row) => string;
  /** The row that the page is about. */
  isCurrent?: (row: Row) => boolean;
  /** Below a row, over all columns, where it is open. */
  detail?: (row: Row) => ReactNode;
  /** Within a card, which has a frame already. */
  plain?: boolean;
  /** Few short columns: a table on a phone too. */
  compact?: boolean;
}

/** Rows of named things: a table if there is room, else a card for each. Rendered wherever it stands, without scripts. */
export function DataTable<Row>(props: DataTableProps<Row>) {
  const { label, caption, rows, rowKey, rowId, isCurrent, detail, plain = false, compact = false } = props;
  const columns = props.columns.filter((column) => column !== false);
  return (
    <div className={styles.frame} data-plain={plain || undefined}>
      <table className={compact ? styles.table : `${styles.table} ${styles.cards}`} aria-label={label}>
        {caption && <caption>{caption}</caption>}
        <thead>
          <tr>
            {columns.map(({ head, drawn = head, figure }) => (
              <th key={head} scope="col" data-figure={figure}>
                {drawn}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => {
            const below = detail?.(row);
            return (
              <Fragment key={rowKey(row)}>
                <tr id={rowId?.(row)} aria-current={isCurrent?.(row) || undefined}>
                  {columns.map(({ head, label: said = head, cell, figure, word, tone, narrow }, at) => {
                    const Cell = at === 0 ? "th" : "td";
                    return (
                      <Cell
                        key={head}
                        scope={at === 0 ? "row" : undefined}
                        data-label={at === 0 ? undefined : said?.toLowerCase()}
                        data-figure={figure}
                        data-word={word}
                        data-tone={tone?.(row)}
                        data-narrow={narrow}
                      >
                        {cell(row)}
                      </Cell>
                    );
                  })}
                </tr>
                {below && (
                  <tr>
                    <td colSpan={columns.length} data-narrow="line">
                      {below}
                    </td>
                  </tr>
                )}
              </Fragment>
            );
          })}
        </tbody>
      </table>
    </div>
  );
}
