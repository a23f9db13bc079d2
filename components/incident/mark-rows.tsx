import styles from "#components/series/series.module.css";
import type { IncidentMarkJson } from "#domain/api/incident-series.ts";

const kinds: readonly { kind: IncidentMarkJson["kind"]; name: string }[] = [
  { kind: "closing", name: "closings" },
  { kind: "deployment", name: "deployed" },
  { kind: "act", name: "acts" },
  { kind: "notification", name: "notified" },
];

interface MarkRowsProps {
  marks: readonly IncidentMarkJson[];
  fromMs: number;
  toMs: number;
  time: (at: string) => string;
}

/** What happened, by kind, on the chart's axis. */
export function MarkRows({ marks, fromMs, toMs, time }: MarkRowsProps) {
  const shown = marks.filter(({ at }) => Date.parse(at) >= fromMs && Date.parse(at) <= toMs);
  return (
    <div className={styles.marks} aria-hidden="true">
      {kinds.map(({ kind, name }) => (
        <div key={kind} className={styles.markRow}>
          <span>{name}</span>
          <span className={styles.track}>
            {shown
              .filter((mark) => mark.kind === kind)
              .map(({ at, text }, index) => (
                <i
                  // biome-ignore lint/suspicious/noArrayIndexKey: two marks may be the same
                  key={index}
                  data-kind={kind}
                  style={{ left: `${((Date.parse(at) - fromMs) / (toMs - fromMs)) * 100}%` }}
                  title={`${time(at)} ${text}`}
                />
              ))}
          </span>
        </div>
      ))}
    </div>
  );
}
