import { withBase } from "#components/api/base-path.ts";
import styles from "./tide-strip.module.css";
import type { TideCell } from "./tide-strip-model.ts";

interface TideStripProps {
  eventType: string;
  cells: readonly TideCell[];
  /** Whether the waterline is within these hours, or before the first of them. */
  waterline: "within" | "below";
}

/**
 * Hours as cells, each linked to its evidence. Cells are out of the tab order: the row's own keys (← →) reach them, and
 * so does the table of hours behind the row's link; 24 tab stops per row would bury the page for keyboard users.
 */
export function TideStrip({ eventType, cells, waterline }: TideStripProps) {
  return (
    <span
      className={styles.strip}
      data-below={waterline === "below" || undefined}
      title={waterline === "below" ? "complete through an hour before these" : undefined}
    >
      {cells.map((cell) => (
        <TideCellLink key={cell.hour} eventType={eventType} cell={cell} />
      ))}
    </span>
  );
}

export function TideCellLink({ eventType, cell }: { eventType: string; cell: TideCell }) {
  if (cell.state === null) return <span className={styles.cell} title={cell.label} />;
  return (
    // biome-ignore lint/a11y/useAnchorContent: its name is its label; a text in each of thousands of cells would double the page
    <a
      data-soft=""
      className={styles.cell}
      href={withBase(`/event-types/${encodeURIComponent(eventType)}/hours/${cell.hour}`)}
      tabIndex={-1}
      data-state={cell.state}
      data-amended={cell.amended || undefined}
      data-accepted={cell.accepted || undefined}
      data-missed={cell.missed || undefined}
      data-waterline={cell.waterline || undefined}
      data-deep={cell.deep || undefined}
      aria-label={`${eventType} ${cell.label}`}
      title={cell.label}
    />
  );
}
