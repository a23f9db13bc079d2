import { Time } from "#components/ui/time.tsx";
import type { VerdictJson } from "#domain/api/verdict.ts";
import bars from "./bars.module.css";
import styles from "./hour-view.module.css";
import { makePromiseScale, type PromiseMark } from "./promise-scale.ts";

/** From the hour's end to its deadline, to scale, and when in between it closed or how far it is now. */
export function PromiseLine({ verdict }: { verdict: VerdictJson }) {
  const scale = makePromiseScale(verdict);
  if (!scale) return null;
  return (
    <figure className={styles.promise} aria-label="The deadline, drawn to scale">
      <svg viewBox="0 0 100 12" preserveAspectRatio="none" aria-hidden="true">
        <rect className={bars.track} x="0" y="4" width="100" height="4" />
        <rect className={bars.used} x="0" y="4" width={Math.min(scale.usedPercent, scale.deadlinePercent)} height="4" />
        {scale.over && (
          <rect
            className={bars.over}
            x={scale.deadlinePercent}
            y="3"
            width={scale.usedPercent - scale.deadlinePercent}
            height="6"
          />
        )}
        {scale.forecast && (
          <rect
            className={bars.forecast}
            x={scale.forecast.fromPercent}
            y="2"
            width={Math.max(0.5, scale.forecast.toPercent - scale.forecast.fromPercent)}
            height="8"
          />
        )}
        {scale.marks.map((mark) => (
          <rect
            key={mark.id}
            className={bars.tick}
            data-mark={mark.id}
            x={mark.percent - (mark.id === "end" ? 0 : 0.15)}
            y="0"
            width="0.3"
            height="12"
          />
        ))}
      </svg>
      <ol className={styles.marks}>
        {scale.marks.map((mark) => (
          <MarkLabel key={mark.id} mark={mark} asOf={verdict.asOf} />
        ))}
      </ol>
      {scale.forecast && <figcaption>Forecast: {scale.forecast.label}.</figcaption>}
    </figure>
  );
}

// Labels go to the side with room; "end" and "deadline" below the line, now and closed above it.
function MarkLabel({ mark, asOf }: { mark: PromiseMark; asOf: string }) {
  const side = mark.percent > 60 ? "before" : "after";
  return (
    <li
      data-mark={mark.id}
      data-side={side}
      style={side === "before" ? { right: `${100 - mark.percent}%` } : { left: `${mark.percent}%` }}
    >
      {mark.label} <Time at={mark.at} relativeTo={asOf} />
      {mark.detail && `, ${mark.detail}`}
    </li>
  );
}
