import legend from "#components/ui/legend.module.css";
import { LineKey } from "#components/ui/line-key.tsx";
import { PageLink } from "#components/ui/page-link.tsx";
import { Time } from "#components/ui/time.tsx";
import styles from "./series.module.css";
import { linesOf, type Recovery, type Series } from "./series-model.ts";

interface SeriesLegendProps {
  series: Series;
  recovery: Recovery | null;
  /** Whose onsets are marked, where the page is not of one incident. */
  incidents?: readonly { id: string; title: string; onset: { at: string } }[];
  asOf: string;
}

/** What the lines, areas and marks are, and in words what only the drawing would say. */
export function SeriesLegend({ series, recovery, incidents = [], asOf }: SeriesLegendProps) {
  const lines = linesOf(series);
  return (
    <ul className={`${legend.legend} ${styles.legend}`} aria-label="Legend">
      {lines.map(({ datacenter, ink, dash }) => (
        <li key={datacenter}>
          <LineKey ink={ink} dash={dash} />
          {datacenter} behind
        </li>
      ))}
      {series.points.some(({ waiting }) => waiting != null) && (
        <li>
          <span className={styles.areaKey} /> events waiting
        </li>
      )}
      {recovery && (
        <li>
          <span className={styles.recoveryKey} />
          <span>
            all closed by about <Time at={isoOf(recovery.p50Ms)} relativeTo={asOf} /> (up to{" "}
            <Time at={isoOf(recovery.p90Ms)} relativeTo={asOf} />)
          </span>
        </li>
      )}
      {incidents.map(({ id, title, onset }) => (
        <li key={id}>
          <span>
            onset <Time at={onset.at} relativeTo={asOf} />:{" "}
            <PageLink href={`/alerts/incidents/${id}`}>{title}</PageLink>
          </span>
        </li>
      ))}
      {lines.length < series.datacenters.length && (
        <li>{series.datacenters.length - lines.length} more datacenters in the table</li>
      )}
    </ul>
  );
}

function isoOf(ms: number): string {
  return new Date(ms).toISOString();
}
