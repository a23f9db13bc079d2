import Link from "next/link";
import { HourName } from "#components/ui/hour-name.tsx";
import page from "#components/ui/page.module.css";
import { indexOfHour, type Matrix } from "#domain/matrix.ts";
import { CellFacts } from "./cell-tip.tsx";
import { describeCell } from "./cell-words.ts";
import styles from "./matrix.module.css";

interface CellCardProps {
  matrix: Matrix;
  /** Of the matrix. */
  row: number;
  hour: string;
  asOfMs: number;
}

/** The selected cell, and its links. */
export function CellCard({ matrix, row, hour, asOfMs }: CellCardProps) {
  const at = indexOfHour(matrix, hour);
  const type = matrix.types[row];
  if (at < 0 || at >= matrix.hours || !type) return null;
  const path = `/event-types/${encodeURIComponent(type.eventType)}`;
  const words = describeCell(matrix, { row, hour: at, endHour: at + 1 }, asOfMs);
  return (
    <section className={styles.card} aria-label="Selected cell">
      <div className={styles.facts}>
        <strong>{type.eventType}</strong> <HourName hour={hour} />
        <CellFacts words={words} />
      </div>
      <div className={styles.ways}>
        {words.state && <Link href={`${path}/hours/${hour}`}>Open the hour</Link>}
        <Link href={path}>All hours of {type.eventType}</Link>
        <span className={page.hint}>
          {type.tier} tier, {type.owner}
        </span>
      </div>
    </section>
  );
}
