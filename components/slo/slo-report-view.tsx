import { Notice } from "#components/ui/notice.tsx";
import page from "#components/ui/page.module.css";
import { Section } from "#components/ui/section.tsx";
import { Time } from "#components/ui/time.tsx";
import type { SloReport } from "#domain/api/slo-report.ts";
import { dayName, lastDay, pastRecordsText, periodName, reportSentence } from "#domain/slo.ts";
import { BigNumber } from "./big-number.tsx";
import { CauseTotals } from "./cause-totals.tsx";
import { Excuses, Restatements } from "./changes.tsx";
import { Definitions } from "./definitions.tsx";
import { HealthGrid } from "./health-grid.tsx";
import { IncidentTable } from "./incident-table.tsx";
import { MonthCalendar } from "./month-calendar.tsx";
import { MonthsTable } from "./months-table.tsx";
import { ScopeForm } from "./scope-form.tsx";
import styles from "./slo.module.css";
import { TypesTable } from "./types-table.tsx";
import { WorstTypes } from "./worst-types.tsx";

/** Were objectives met, what broke them, is it better than before: on screen, and as a printed report. */
export function SloReportView({ report, isReported = false }: { report: SloReport; isReported?: boolean }) {
  const { period, total } = report;
  return (
    <article className={`${page.page} ${styles.report}`}>
      <header className={page.list}>
        <h1>
          <span className={styles.paperTitle}>Tidemark report: </span>Service levels, {periodName(period)}
        </h1>
        <p className={page.quiet}>
          {dayName(period.from)} to {dayName(lastDay(period.to), true)} UTC · {scopeName(report)} ·{" "}
          {total.frozenAt ? "frozen " : "as of "}
          <Time at={total.frozenAt ?? report.asOf} />
          {total.restated && " and restated since"}
          {total.pastRecords > 0 && ` · ${pastRecordsText(total.pastRecords)}`}
          {report.pendingDays > 0 && ` · ${report.pendingDays} days not computed yet`}
        </p>
      </header>
      {!isReported && <ScopeForm report={report} />}
      {total.types === 0 ? <Nothing /> : <Figures report={report} />}
    </article>
  );
}

const parts = [
  { id: "health", title: "Week by week", Part: HealthGrid },
  { id: "calendar", title: "Day by day", Part: MonthCalendar },
  { id: "months", title: "Previous months", Part: MonthsTable },
  { id: "worst", title: "Five worst event types, and their causes", Part: WorstTypes },
  { id: "types", title: "Every event type", Part: TypesTable },
  { id: "causes", title: "Causes of late hours and lost events", Part: CauseTotals },
  { id: "incidents", title: "Incidents", Part: IncidentTable },
];

function Figures({ report }: { report: SloReport }) {
  const { total, tiers } = report;
  return (
    <>
      <p className={page.sentence}>{reportSentence(report)}</p>
      <div className={styles.numbers}>
        <BigNumber title="On time" measure="timeliness" total={total} tiers={tiers} badWord="late" />
        <BigNumber title="Complete" measure="completeness" total={total} tiers={tiers} badWord="not complete" />
        <BigNumber
          title="In their hour"
          measure="skew"
          total={total}
          tiers={tiers}
          badWord="in another hour’s partition"
        />
      </div>
      {parts.map(({ id, title, Part }) => (
        <Section key={id} className={styles.section} id={id} title={title}>
          <Part report={report} />
        </Section>
      ))}
      {report.period.kind === "month" && (
        <Section className={styles.section} id="restatements" title="Changes since the month was frozen">
          <Restatements report={report} />
        </Section>
      )}
      <Section className={styles.section} id="excuses" title="Excused hours">
        <Excuses excuses={report.excuses} />
      </Section>
      <Section className={styles.section} id="definitions" title="Definitions">
        <Definitions />
      </Section>
    </>
  );
}

function Nothing() {
  return (
    <Notice title="No objectives in this period" level={2}>
      <p>
        No claimed event type was active. Choose another month, or claim event types with{" "}
        <code>npx tidemark apply</code>.
      </p>
    </Notice>
  );
}

function scopeName({ filter, total }: SloReport): string {
  const types = `${total.types} event ${total.types === 1 ? "type" : "types"}`;
  if (filter.eventType) return filter.eventType;
  const whose = [filter.tier && `tier ${filter.tier}`, filter.owner && `owner ${filter.owner}`].filter(Boolean);
  return whose.length > 0 ? `${whose.join(", ")}, ${types}` : `all ${types}`;
}
