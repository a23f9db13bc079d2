import { formatCountOf } from "#components/ui/number-format.ts";
import { hourNameOf } from "#components/ui/tide-strip-model.ts";
import type { BoardRowJson } from "#domain/api/board.ts";
import styles from "./board.module.css";
import { BoardRow } from "./board-row.tsx";
import { type Grouping, groupRows, troubleText } from "./groups.ts";

/** Rows that are drawn with their strips at once, on the server too: more than a screen holds. */
const eagerRows = 40;

interface BoardTableProps {
  rows: readonly BoardRowJson[];
  asOf: string;
  grouping: Grouping | null;
  /** The type whose sheet is open. */
  openType: string | null;
}

export function BoardTable({ rows, asOf, grouping, openType }: BoardTableProps) {
  const currentHour = hourNameOf(asOf);
  const groups = grouping === null ? null : groupRows(rows, grouping);
  const places = new Map(rows.map(({ eventType }, index) => [eventType, index]));
  const draw = (row: BoardRowJson) => (
    <BoardRow
      key={row.eventType}
      row={row}
      currentHour={currentHour}
      eager={(places.get(row.eventType) ?? 0) < eagerRows}
      isOpen={row.eventType === openType}
    />
  );
  return (
    <table className={styles.table} aria-label="Event types, worst first">
      <thead>
        <tr>
          <th scope="col">State</th>
          <th scope="col">Event type</th>
          <th scope="col">Tier</th>
          <th scope="col">Owner</th>
          <th scope="col">Last 24 hours</th>
          <th scope="col">Delay / deadline</th>
          <th scope="col">Likely to miss</th>
          <th scope="col">Held up by</th>
        </tr>
      </thead>
      {groups === null ? (
        <tbody>{rows.map(draw)}</tbody>
      ) : (
        groups.map((group) => (
          <tbody key={group.name}>
            <tr className={styles.group}>
              <th colSpan={8} scope="rowgroup">
                {group.name} <span className={styles.groupCount}>{formatCountOf(group.rows.length, "type")}</span>{" "}
                <span className={styles.groupTrouble}>{troubleText(group)}</span>
              </th>
            </tr>
            {group.rows.map(draw)}
          </tbody>
        ))
      )}
    </table>
  );
}
