import { formatShare } from "#components/ui/number-format.ts";
import page from "#components/ui/page.module.css";
import { PageLink } from "#components/ui/page-link.tsx";
import { Time } from "#components/ui/time.tsx";
import type { SloSnapshotJson } from "#domain/api/slo.ts";
import type { SloReport } from "#domain/api/slo-report.ts";
import { blameText, changeText, daysText, measureTitles, periodName, statusWords, typesText } from "#domain/slo.ts";
import { placeOf, sloHref } from "./slo-href.ts";
import { SloReportView } from "./slo-report-view.tsx";

/** A shared report as it was reported, below what has changed of its month since. */
export function ReportedView({ snapshot, report }: { snapshot: SloSnapshotJson; report: SloReport }) {
  const { changed, restatements, createdAt, createdBy } = snapshot;
  return (
    <>
      <aside className={page.card} aria-label="As reported">
        <p>
          As reported on <Time at={createdAt} />, shared by {createdBy}. This report does not change.{" "}
          <PageLink href={sloHref(placeOf(report))}>{periodName(report.period)} as it is now</PageLink>
        </p>
        {changed.length === 0 && restatements.length === 0 ? (
          <p className={page.quiet}>No figure has changed since.</p>
        ) : (
          <>
            <p>
              <strong>Changed since:</strong>
            </p>
            <ul>
              {changed.map(({ name, measure, reported, now }) => (
                <li key={`${name} ${measure}`}>
                  {name}, {measureTitles[measure].toLowerCase()}: {shareText(reported)} → {shareText(now)}
                </li>
              ))}
              {restatements.map((restatement) => (
                <li key={restatement.id}>
                  Restated <Time at={restatement.restatedAt} />: {typesText(restatement.eventTypes)},{" "}
                  {daysText(restatement.days)}: {changeText(restatement)}, {blameText(restatement)}.
                </li>
              ))}
            </ul>
          </>
        )}
      </aside>
      <SloReportView report={report} isReported />
    </>
  );
}

function shareText({ attainment, status }: SloSnapshotJson["changed"][number]["now"]): string {
  return `${attainment === null ? "–" : formatShare(attainment)} (${statusWords[status]})`;
}
