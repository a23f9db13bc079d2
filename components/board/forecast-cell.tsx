import { Time } from "#components/ui/time.tsx";
import type { CompactBoardRowJson } from "#domain/api/board.ts";
import styles from "./board.module.css";
import { percentOf } from "./row-figures.ts";

/** The probability of missing the deadline, as a bar and a figure; not shown once the deadline is missed. */
export function ForecastCell({ row, asOf }: { row: CompactBoardRowJson; asOf: string }) {
  const percent = percentOf(row);
  if (percent === null || row.forecast === null) return null;
  const { p50, p90 } = row.forecast.closesAt;
  return (
    <span
      className={styles.forecast}
      data-calm={percent === 0 || undefined}
      title={`${percent} % likely to miss its deadline. Closes by ${p50} (p50) or ${p90} (p90).`}
    >
      <meter className={styles.meter} min={0} max={100} value={percent} aria-label={`${percent} % likely to miss`} />
      <span className={styles.percent}>{percent} %</span>
      {row.delaySeconds !== null && (
        <span className={styles.closes}>
          closes ~<Time at={p50} relativeTo={asOf} isBrief />
        </span>
      )}
    </span>
  );
}
