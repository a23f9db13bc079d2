import { DataTable } from "#components/ui/data-table.tsx";
import { formatDuration, secondsBetween } from "#components/ui/duration.ts";
import page from "#components/ui/page.module.css";
import { Time } from "#components/ui/time.tsx";
import type { DatacenterJson } from "#domain/api/catalogue.ts";

/** Known datacenters, the last message from each, and what runs there by its heartbeats. */
export function DatacenterComponents({
  datacenters,
  nowAt,
}: {
  datacenters: readonly DatacenterJson[];
  nowAt: string;
}) {
  if (datacenters.length === 0) {
    return <p>No datacenters yet. A datacenter appears with its first report, or once it is in the catalogue.</p>;
  }
  return (
    <ul className={page.list}>
      {datacenters.map((datacenter) => (
        <li key={datacenter.name} className={page.card}>
          <h3>
            {datacenter.displayName ? `${datacenter.name}, ${datacenter.displayName}` : datacenter.name}
            {datacenter.status === "discovered" && <span className={page.quiet}> discovered, not claimed</span>}
          </h3>
          <p className={page.quiet}>
            {datacenter.lastSeenAt ? (
              <>
                last message {formatDuration(secondsBetween(datacenter.lastSeenAt, nowAt))} ago,{" "}
                <Time at={datacenter.lastSeenAt} relativeTo={nowAt} />
              </>
            ) : (
              "no messages yet"
            )}
          </p>
          {datacenter.components.length > 0 && <Components datacenter={datacenter} nowAt={nowAt} />}
        </li>
      ))}
    </ul>
  );
}

function Components({ datacenter, nowAt }: { datacenter: DatacenterJson; nowAt: string }) {
  return (
    <DataTable
      plain
      label={`Components at ${datacenter.name}`}
      rows={datacenter.components}
      rowKey={({ component, instance }) => `${component} ${instance}`}
      columns={[
        { head: "Component", cell: ({ component }) => component },
        { head: "Instance", cell: ({ instance }) => instance },
        { head: "Version", cell: ({ version }) => version ?? "not reported" },
        { head: "Last heartbeat", cell: ({ lastSeenAt }) => <Time at={lastSeenAt} relativeTo={nowAt} /> },
      ]}
    />
  );
}
