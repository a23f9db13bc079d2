import { formatDuration } from "#components/ui/duration.ts";
import { formatCountOf } from "#components/ui/number-format.ts";
import styles from "./series.module.css";
import type { SeriesLine, SeriesPoint } from "./series-model.ts";

/** The figures at the crosshair. */
export function SeriesFigures({ at, point, lines }: { at: string; point: SeriesPoint; lines: readonly SeriesLine[] }) {
  return (
    <div className={styles.figures}>
      <strong>{at}</strong>
      {lines.map(({ datacenter, index, ink }) => (
        <span key={datacenter} style={{ borderInlineStart: `3px solid ${ink}` }}>
          {datacenter} {behindText(point.lags[index] ?? null)}
        </span>
      ))}
      {point.waiting !== undefined && (
        <span>
          {point.waiting === null ? "waiting events unknown" : `${formatCountOf(point.waiting, "event")} waiting`}
        </span>
      )}
      {point.firing !== undefined && (
        <span>{point.firing === null ? "alerts unknown" : `${formatCountOf(point.firing, "alert")} firing`}</span>
      )}
    </div>
  );
}

function behindText(lagSeconds: number | null): string {
  return lagSeconds === null ? "unknown" : `${formatDuration(lagSeconds)} behind`;
}
