import Link from "next/link";
import { formatDuration } from "#components/ui/duration.ts";
import { formatCount, formatCountOf } from "#components/ui/number-format.ts";
import { Time } from "#components/ui/time.tsx";
import type { SloReport } from "#domain/api/slo-report.ts";
import styles from "./slo.module.css";

/** The period's incidents: how soon they were noticed, taken up and over, and how long before anybody waited for an hour. */
export function IncidentTable({ report }: { report: SloReport }) {
  const { count, items, medians } = report.incidents;
  if (count === 0) return <p className={styles.detail}>No incident hurt these hours.</p>;
  return (
    <>
      <p>
        {formatCountOf(count, "incident")}. In the median noticed {said(medians.detectSeconds)} after it began,
        acknowledged {said(medians.acknowledgeSeconds)} and resolved {said(medians.resolveSeconds)} after that;{" "}
        {leadOf(medians.leadSeconds)}.
      </p>
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
                <td>{formatDuration(incident.detectSeconds)}</td>
                <td>
                  {incident.acknowledgeSeconds === null ? "not yet" : formatDuration(incident.acknowledgeSeconds)}
                </td>
                <td>{incident.resolveSeconds === null ? "not yet" : formatDuration(incident.resolveSeconds)}</td>
                <td>{shortLead(incident.leadSeconds)}</td>
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

function said(seconds: number | null): string {
  return seconds === null ? "not yet" : formatDuration(seconds);
}

function leadOf(seconds: number | null): string {
  if (seconds === null) return "none of their hours was due";
  return `noticed ${formatDuration(Math.abs(seconds))} ${seconds < 0 ? "after" : "before"} the first of their hours was due, when its readers would have noticed`;
}

function shortLead(seconds: number | null): string {
  if (seconds === null) return "";
  return seconds < 0 ? `none, ${formatDuration(-seconds)} late` : formatDuration(seconds);
}
