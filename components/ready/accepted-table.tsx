import { DataTable } from "#components/ui/data-table.tsx";
import page from "#components/ui/page.module.css";
import { Time } from "#components/ui/time.tsx";
import type { RangeReadinessJson } from "#domain/api/ready.ts";
import { hourColumns, hourKey } from "./hour-columns.tsx";

/** The hours that are ready only because their owner accepted them: who, when and why. */
export function AcceptedTable({ readiness: { accepted, acceptedHours, asOf } }: { readiness: RangeReadinessJson }) {
  return (
    <section aria-labelledby="accepted">
      <h2 id="accepted">Accepted hours</h2>
      <DataTable
        label="Accepted hours"
        rows={accepted}
        rowKey={hourKey}
        columns={[
          ...hourColumns,
          { head: "Accepted by", word: true, cell: ({ by }) => by },
          { head: "Time", label: null, word: true, cell: ({ at }) => <Time at={at} relativeTo={asOf} /> },
          { head: "Reason", label: null, cell: ({ reason }) => reason },
        ]}
      />
      {acceptedHours > accepted.length && (
        <p className={page.quiet}>{acceptedHours - accepted.length} more accepted hours.</p>
      )}
    </section>
  );
}
