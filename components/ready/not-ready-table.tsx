import { DataTable } from "#components/ui/data-table.tsx";
import page from "#components/ui/page.module.css";
import { Time } from "#components/ui/time.tsx";
import type { RangeReadinessJson } from "#domain/api/ready.ts";
import { hourColumns, hourKey } from "./hour-columns.tsx";

/** The hours that the day waits for: the reasons, and when they are expected. */
export function NotReadyTable({ readiness: { notReady, more, asOf } }: { readiness: RangeReadinessJson }) {
  return (
    <section aria-labelledby="missing">
      <h2 id="missing">Hours that are not ready</h2>
      <DataTable
        label="Hours that are not ready"
        rows={notReady}
        rowKey={hourKey}
        columns={[
          ...hourColumns,
          {
            head: "Expected by (p90)",
            label: "expected by",
            word: true,
            cell: ({ forecast }) => (forecast ? <Time at={forecast.closesAt.p90} relativeTo={asOf} /> : "–"),
          },
          { head: "Reason", label: null, cell: ({ reasons }) => reasons.map(({ message }) => message).join(" ") },
        ]}
      />
      {more > 0 && <p className={page.quiet}>{more} more hours not ready.</p>}
    </section>
  );
}
