import { withBase } from "#components/api/base-path.ts";
import { PageLink } from "#components/ui/page-link.tsx";
import { Time } from "#components/ui/time.tsx";
import type { SloExcuseJson } from "#domain/api/slo.ts";
import type { SloReport } from "#domain/api/slo-report.ts";
import { blameText, changeText, dayName, daysText, typesText } from "#domain/slo.ts";
import styles from "./changes.module.css";

/** Changes since the month was frozen: who, why, before and after. */
export function Restatements({ report }: { report: SloReport }) {
  const { restatements, moreRestatements, period, freezesAt } = report;
  if (restatements.length === 0) {
    return (
      <p className={styles.detail}>
        {period.frozen
          ? "No changes since the month was frozen."
          : `Not frozen yet: this month’s figures may change without notice${freezesAt ? ` until ${dayName(freezesAt.slice(0, 10), true)}` : ""}.`}
      </p>
    );
  }
  return (
    <>
      <ul className={styles.changes}>
        {restatements.map((restatement) => (
          <li key={restatement.id}>
            <p>
              <strong>{typesText(restatement.eventTypes)}</strong>, {daysText(restatement.days)}:{" "}
              {changeText(restatement)}.
            </p>
            <p className={styles.detail}>
              <Time at={restatement.restatedAt} />, {blameText(restatement)}.
            </p>
          </li>
        ))}
      </ul>
      {moreRestatements && (
        <p className={styles.detail}>
          The {restatements.length} newest are shown;{" "}
          <a href={withBase("/api/docs#/service-levels/listslorestatements")}>the API</a> lists them all.
        </p>
      )}
    </>
  );
}

/** Excused hours, with who excused them and why. */
export function Excuses({ excuses }: { excuses: readonly SloExcuseJson[] }) {
  return (
    <>
      {excuses.length === 0 && <p className={styles.detail}>No excused hours.</p>}
      <ul className={styles.changes}>
        {excuses.map((excuse) => (
          <li key={excuse.id}>
            <p>
              <strong>{excuse.scope}</strong>, {excuse.from} to {excuse.to} UTC: {excuse.reason}
            </p>
            <p className={styles.detail}>
              by {excuse.createdBy}, <Time at={excuse.createdAt} />
              {excuse.state === "pending" && "; waits for approval, its hours count"}
              {excuse.approvedBy !== null &&
                excuse.approvedBy !== excuse.createdBy &&
                `; approved by ${excuse.approvedBy}`}
              {excuse.revokedAt && (
                <>
                  ; revoked by {excuse.revokedBy}, <Time at={excuse.revokedAt} />: {excuse.revokeReason}
                </>
              )}
            </p>
          </li>
        ))}
      </ul>
      <p className={styles.detail} data-screen-only="">
        <PageLink href="/service-levels/excuses">Excuse hours, approve and revoke</PageLink>
      </p>
    </>
  );
}
