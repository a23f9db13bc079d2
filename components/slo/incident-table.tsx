import { DataTable } from "#components/ui/data-table.tsx";
import { formatCount } from "#components/ui/number-format.ts";
import { PageLink } from "#components/ui/page-link.tsx";
import { Time } from "#components/ui/time.tsx";
import type { SloReport } from "#domain/api/slo-report.ts";
import { incidentSentence, leadText, said } from "#domain/slo.ts";
import styles from "./slo.module.css";

/** The period's incidents: how soon they were noticed, acknowledged and resolved, and how long before an hour was due. */
export function IncidentTable({ report }: { report: SloReport }) {
  const { count, items } = report.incidents;
  if (count === 0) return <p className={styles.detail}>{incidentSentence(report.incidents)}</p>;
  return (
    <>
      <p>{incidentSentence(report.incidents)}</p>
      <DataTable
        plain
        label="Incidents"
        caption={
          items.length < count ? `The ${items.length} with the most late hours` : "Those with the most late hours first"
        }
        rows={items}
        rowKey={({ id }) => String(id)}
        columns={[
          {
            head: "Incident",
            cell: ({ id, title }) => <PageLink href={`/alerts/incidents/${id}`}>{title}</PageLink>,
          },
          { head: "Opened", word: true, cell: ({ openedAt }) => <Time at={openedAt} relativeTo={report.asOf} /> },
          { head: "Noticed after", word: true, cell: ({ detectSeconds }) => said(detectSeconds) },
          { head: "Acknowledged after", word: true, cell: ({ acknowledgeSeconds }) => said(acknowledgeSeconds) },
          { head: "Resolved after", word: true, cell: ({ resolveSeconds }) => said(resolveSeconds) },
          { head: "Lead", word: true, cell: ({ leadSeconds }) => leadText(leadSeconds) },
          {
            head: "Late hours",
            figure: true,
            cell: ({ lateHours, hours }) => `${formatCount(lateHours)} of ${formatCount(hours)}`,
          },
        ]}
      />
    </>
  );
}
