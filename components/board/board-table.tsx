import { hourNameOf } from "#components/ui/tide-strip-model.ts";
import type { BoardRowJson } from "#domain/api/board.ts";
import styles from "./board.module.css";
import { BoardRow } from "./board-row.tsx";

/** Rows that are drawn with their strips at once, on the server too: more than a screen holds. */
const eagerRows = 40;

export function BoardTable({ rows, asOf }: { rows: readonly BoardRowJson[]; asOf: string }) {
  const currentHour = hourNameOf(asOf);
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
          <th scope="col">Held up by</th>
        </tr>
      </thead>
      <tbody>
        {rows.map((row, index) => (
          <BoardRow key={row.eventType} row={row} currentHour={currentHour} eager={index < eagerRows} />
        ))}
      </tbody>
    </table>
  );
}
