import { DataTable } from "#components/ui/data-table.tsx";
import { formatCount } from "#components/ui/number-format.ts";
import { PageLink } from "#components/ui/page-link.tsx";
import type { SloReport } from "#domain/api/slo-report.ts";
import { Attained, lateText } from "./attained.tsx";
import styles from "./slo.module.css";
import { placeOf, sloHref } from "./slo-href.ts";

/** Every event type against its own objectives, those with the most late or incomplete hours first. */
export function TypesTable({ report }: { report: SloReport }) {
  return (
    <DataTable
      plain
      label="Every event type"
      caption={`${formatCount(report.types.length)} ${report.types.length === 1 ? "type" : "types"}, those with the most late or incomplete hours first`}
      rows={report.types}
      rowKey={({ name }) => name}
      columns={[
        {
          head: "Event type",
          cell: ({ name, tier, owner, pastRecords }) => (
            <>
              <PageLink href={sloHref({ ...placeOf(report), eventType: name })}>{name}</PageLink>{" "}
              <span className={styles.faint}>
                {tier} tier, {owner}
                {pastRecords > 0 && ", hours before its claim included"}
              </span>
            </>
          ),
        },
        { head: "On time", cell: ({ timeliness }) => <Attained measure={timeliness} /> },
        {
          head: "Late hours",
          figure: true,
          cell: ({ timeliness }) => lateText(timeliness),
        },
        { head: "Complete", cell: ({ completeness }) => <Attained measure={completeness} /> },
        { head: "In their hour", cell: ({ skew }) => <Attained measure={skew} /> },
        { head: "Excused", figure: true, cell: ({ hours }) => formatCount(hours.excused) },
      ]}
    />
  );
}
