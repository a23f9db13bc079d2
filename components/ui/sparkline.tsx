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
  /** Where something began, 0 to 1 of the width. */
  mark?: number | null | undefined;
  /** What is expected after the newest point, which is then not at the right edge. */
  ahead?: SparklineAhead | null | undefined;
}

/** Shares of the width, 0 to 1. */
export interface SparklineAhead {
  /** The newest point. */
  now: number;
  /** When it is expected to end: p50, and p90 at the end of a band. */
  p50: number;
  p90: number;
}

/** Change over time beside a figure: as wide and high as its box, without axes. */
export function Sparkline({ points, label, leastTop, isTrouble, mark = null, ahead }: SparklineProps) {
  const { line, area, end } = sparklinePaths(points, {
    top: sparklineTop(points, leastTop),
    width: ahead?.now ?? 1,
  });
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
      {ahead && (
        <>
          <rect className={styles.band} x={100 * ahead.p50} width={100 * (ahead.p90 - ahead.p50)} height="100" />
          <path className={styles.expected} d={`M${100 * ahead.p50} 0V100`} />
        </>
      )}
      <path className={styles.area} d={area} />
      <path className={styles.line} d={line} />
      {/* A line without length: its round end is a dot however the drawing is stretched. */}
      {end && <path className={styles.end} d={`M${end.x} ${end.y}h.01`} />}
    </svg>
  );
}
