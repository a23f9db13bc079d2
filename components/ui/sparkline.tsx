import styles from "./sparkline.module.css";
import { sparklinePaths, sparklineTop } from "./sparkline-path.ts";

interface SparklineProps {
  /** At equal distances, oldest first; null: unknown. */
  points: readonly (number | null)[];
  /** What it shows, for those who cannot see it: "Lag over the last 6 h: now 62 min, at most 95 min". */
  label: string;
  /** The upper end of the scale is at least this, so that what is usual stays low. */
  leastTop: number;
  /** Drawn in the colour of trouble. */
  isTrouble?: boolean | undefined;
  /** Where something began, 0 (the oldest point) to 1 (the newest). */
  mark?: number | null | undefined;
}

/** Change over time beside a figure: as wide and high as its box, without axes. */
export function Sparkline({ points, label, leastTop, isTrouble, mark = null }: SparklineProps) {
  const { line, area, end } = sparklinePaths(points, { top: sparklineTop(points, leastTop) });
  return (
    <svg
      className={styles.sparkline}
      data-trouble={isTrouble || undefined}
      viewBox="0 0 100 100"
      preserveAspectRatio="none"
      role="img"
      aria-label={label}
    >
      <title>{label}</title>
      <path className={styles.base} d="M0 100H100" />
      {mark !== null && <path className={styles.mark} d={`M${100 * mark} 0V100`} />}
      <path className={styles.area} d={area} />
      <path className={styles.line} d={line} />
      {/* A line without length: its round end is a dot however the drawing is stretched. */}
      {end && <path className={styles.end} d={`M${end.x} ${end.y}h.01`} />}
    </svg>
  );
}
