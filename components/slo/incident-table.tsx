import Link from "next/link";
import { formatCount } from "#components/ui/number-format.ts";
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
      <div className={styles.scroll}>
        <table className={styles.figures}>
          <caption className={styles.caption}>
            {items.length < count
              ? `The ${items.length} with the most late hours`
              : "Those with the most late hours first"}
          </caption>
          <thead>
            <tr>
              <th scope="col">Incident</th>
              <th scope="col">Opened</th>
              <th scope="col">Noticed after</th>
              <th scope="col">Acknowledged after</th>
              <th scope="col">Resolved after</th>
              <th scope="col">Lead</th>
              <th scope="col">Late hours</th>
            </tr>
          </thead>
          <tbody>
            {items.map((incident) => (
              <tr key={incident.id}>
                <th scope="row" className={styles.long}>
                  <Link href={`/alerts/incidents/${incident.id}`} prefetch={false}>
                    {incident.title}
                  </Link>
                </th>
                <td>
                  <Time at={incident.openedAt} relativeTo={report.asOf} />
                </td>
                <td>{said(incident.detectSeconds)}</td>
                <td>{said(incident.acknowledgeSeconds)}</td>
                <td>{said(incident.resolveSeconds)}</td>
                <td>{leadText(incident.leadSeconds)}</td>
                <td>
                  {formatCount(incident.lateHours)} of {formatCount(incident.hours)}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </>
  );
}
