import { DataTable } from "#components/ui/data-table.tsx";
import { DatacenterLink } from "#components/ui/datacenter-link.tsx";
import { formatCount, formatShare } from "#components/ui/number-format.ts";
import page from "#components/ui/page.module.css";
import { Section } from "#components/ui/section.tsx";
import type { VerdictJson } from "#domain/api/verdict.ts";

/** Usual reporters that have not reported, with their usual share of the datacenter's events. Empty if none is missing. */
export function MissingReporters({ verdict }: { verdict: VerdictJson }) {
  const found = verdict.reasons.filter(({ code }) => code === "reporters_missing");
  if (found.length === 0) return null;
  return (
    <Section id="reporters" title="Missing reporters">
      <DataTable
        plain
        label="Missing reporters"
        rows={found.flatMap(({ datacenter = "", reporters = [] }) =>
          reporters.map((each) => ({ datacenter, ...each })),
        )}
        rowKey={({ datacenter, name }) => `${datacenter} ${name}`}
        columns={[
          { head: "Datacenter", cell: ({ datacenter }) => <DatacenterLink name={datacenter} /> },
          { head: "Reporter", label: null, cell: ({ name }) => name },
          {
            head: "Usual share of produced",
            figure: true,
            cell: ({ usualShare }) => (usualShare === null ? "unknown" : formatShare(usualShare)),
          },
        ]}
      />
      {verdict.datacenters.map(({ name, reportersMissing = 0, reportersExpected = 0 }) =>
        reportersMissing > 0 ? (
          <p key={name} className={page.quiet}>
            {name}: {formatCount(reportersMissing)} of {formatCount(reportersExpected)} expected reporters have not
            reported. Its produced count is unknown until they do.
          </p>
        ) : null,
      )}
    </Section>
  );
}
