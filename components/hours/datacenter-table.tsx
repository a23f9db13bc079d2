import { DataTable } from "#components/ui/data-table.tsx";
import { DatacenterLink } from "#components/ui/datacenter-link.tsx";
import { formatDuration, secondsBetween } from "#components/ui/duration.ts";
import { formatCount, formatShare } from "#components/ui/number-format.ts";
import page from "#components/ui/page.module.css";
import { StateGlyph } from "#components/ui/state-glyph.tsx";
import { Time } from "#components/ui/time.tsx";
import type { DatacenterEvidenceJson, VerdictJson } from "#domain/api/verdict.ts";
import { FunnelBar } from "./bars.tsx";
import styles from "./datacenter-table.module.css";
import { MeasuredBy } from "./measured-by.tsx";

/** The evidence: each datacenter's closing, and its counts by stage. */
export function DatacenterTable({ verdict }: { verdict: VerdictJson }) {
  const scale = Math.max(
    1,
    ...verdict.datacenters.map(({ produced, published, delivered }) =>
      Math.max(produced ?? 0, published ?? 0, delivered),
    ),
  );
  return (
    <>
      <DataTable
        plain
        label="Evidence by datacenter"
        rows={verdict.datacenters}
        rowKey={({ name }) => name}
        columns={[
          { head: "Datacenter", cell: ({ name }) => <DatacenterLink name={name} /> },
          {
            head: "Closed",
            label: null,
            narrow: "line",
            cell: (datacenter) => <Closing datacenter={datacenter} verdict={verdict} />,
          },
          {
            head: "Produced → published → delivered",
            label: null,
            narrow: "line",
            cell: (datacenter) => <Funnel datacenter={datacenter} scale={scale} />,
          },
          {
            head: "Lost",
            figure: true,
            cell: ({ closed, lost, produced, known }) =>
              closed ? (
                <Loss count={lost} of={produced} known={known} trouble="incomplete" />
              ) : (
                <StillComing count={lost} />
              ),
          },
          {
            head: "Duplicated",
            figure: true,
            cell: ({ duplicated, produced, known }) => (
              <Loss count={duplicated} of={produced} known={known} trouble="overcounted" />
            ),
          },
        ]}
      />
      <MeasuredBy datacenters={verdict.datacenters} />
    </>
  );
}

function Closing({ datacenter, verdict }: { datacenter: DatacenterEvidenceJson; verdict: VerdictJson }) {
  if (datacenter.closedAt) {
    return (
      <span className={styles.closing}>
        <StateGlyph state="complete" />
        <span>
          {formatDuration(secondsBetween(verdict.endsAt, datacenter.closedAt))} after{" "}
          <span className={page.quiet}>
            (<Time at={datacenter.closedAt} relativeTo={verdict.asOf} />)
          </span>
        </span>
      </span>
    );
  }
  return (
    <span className={styles.closing}>
      <StateGlyph state={verdict.state === "late" ? "late" : "open"} />
      <span>
        not yet{" "}
        <span className={page.quiet}>
          {datacenter.watermark ? (
            <>
              (watermark <Time at={datacenter.watermark} relativeTo={verdict.asOf} />)
            </>
          ) : (
            "(no watermark)"
          )}
        </span>
      </span>
    </span>
  );
}

function Funnel({ datacenter, scale }: { datacenter: DatacenterEvidenceJson; scale: number }) {
  const stages = [
    { name: "produced", count: datacenter.known ? (datacenter.produced ?? 0) : null, lost: 0, duplicated: 0 },
    { name: "published", count: datacenter.published, lost: 0, duplicated: 0 },
    { name: "delivered", count: datacenter.delivered, lost: datacenter.lost, duplicated: datacenter.duplicated },
  ];
  return (
    <ul className={styles.funnel}>
      {stages.map((stage) => (
        <li key={stage.name} data-unknown={stage.count === null || undefined}>
          <span className={page.quiet}>{stage.name}</span>
          {stage.count === null ? (
            <span className={styles.unknown} aria-hidden="true" />
          ) : (
            <FunnelBar
              count={stage.count}
              scale={scale}
              lost={stage.lost}
              duplicated={stage.duplicated}
              isFinal={datacenter.closed}
            />
          )}
          <span>{stage.count === null ? "not reported" : formatCount(stage.count)}</span>
        </li>
      ))}
    </ul>
  );
}

// Before a datacenter has closed the hour, missing events are late, not lost.
function StillComing({ count }: { count: number }) {
  return <span className={page.quiet}>{count === 0 ? "0" : `${formatCount(count)} not delivered yet`}</span>;
}

interface LossProps {
  count: number;
  of: number | null;
  known: boolean;
  trouble: "incomplete" | "overcounted";
}

function Loss({ count, of, known, trouble }: LossProps) {
  if (!known) return <span className={page.quiet}>unknown</span>;
  if (count === 0) return <span className={page.quiet}>0</span>;
  return (
    <span className={styles.loss} data-state={trouble}>
      {formatCount(count)}
      {of !== null && of > 0 && <span className={styles.share}> ({formatShare(count / of)})</span>}
    </span>
  );
}
