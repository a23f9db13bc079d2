import { formatCount, formatCountOf, formatShare } from "#components/ui/number-format.ts";
import { PageLink } from "#components/ui/page-link.tsx";
import type { SloReport } from "#domain/api/slo-report.ts";
import { causeSentence } from "#domain/slo.ts";
import styles from "./slo.module.css";
import { placeOf, sloHref } from "./slo-href.ts";
import { StatusMark } from "./status-mark.tsx";

/** The types with the most broken hours, each with the causes from its verdicts' evidence. */
export function WorstTypes({ report }: { report: SloReport }) {
  if (report.worst.length === 0) return <p className={styles.detail}>No late or incomplete hours.</p>;
  return (
    <ol className={styles.worst}>
      {report.worst.map(({ item, causes }) => (
        <li key={item.name}>
          <h3>
            <PageLink href={sloHref({ ...placeOf(report), eventType: item.name })}>{item.name}</PageLink>{" "}
            <span className={styles.faint}>
              {item.tier} tier, {item.owner}
            </span>
          </h3>
          <p>
            {item.timeliness.hours.attainment !== null && `${formatShare(item.timeliness.hours.attainment)} on time`}
            {item.timeliness.objective !== null && ` against ${formatShare(item.timeliness.objective)}`}:{" "}
            {formatCount(item.timeliness.hours.bad)} of {formatCountOf(item.timeliness.hours.counted, "hour")} late
            {item.completeness.hours.bad > 0 && `, ${formatCount(item.completeness.hours.bad)} not complete`}.{" "}
            <StatusMark status={item.timeliness.status} />
          </p>
          <ul>
            {causes.map((cause) => (
              <li key={JSON.stringify(cause)}>{causeSentence(cause)}</li>
            ))}
          </ul>
        </li>
      ))}
    </ol>
  );
}
