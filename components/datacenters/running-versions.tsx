import { DataTable } from "#components/ui/data-table.tsx";
import { formatDuration, secondsBetween } from "#components/ui/duration.ts";
import page from "#components/ui/page.module.css";
import { Time } from "#components/ui/time.tsx";
import type { DatacenterJson } from "#domain/api/catalogue.ts";
import { isSilent } from "./datacenter-sentence.ts";

const notReported = <span className={page.quiet}>not reported</span>;

/** What runs there, from heartbeats: which version, since when, and each instance's last message. */
export function RunningVersions({ datacenter, nowAt }: { datacenter: DatacenterJson; nowAt: string }) {
  if (datacenter.components.length === 0) {
    return (
      <p className={page.quiet}>
        No heartbeats yet. Send <code>tidemark.heartbeat.v1</code> messages to list the running versions here.
      </p>
    );
  }
  return (
    <DataTable
      plain
      label="Components"
      rows={datacenter.components}
      rowKey={({ component, instance }) => `${component} ${instance}`}
      columns={[
        { head: "Instance", cell: ({ instance }) => instance },
        { head: "Component", cell: ({ component }) => component },
        { head: "Version", cell: ({ version }) => version ?? notReported },
        {
          head: "Running since",
          cell: ({ startedAt }) => (startedAt ? <Time at={startedAt} relativeTo={nowAt} /> : notReported),
        },
        {
          head: "Last heartbeat",
          tone: ({ lastSeenAt }) => (isSilent(lastSeenAt, nowAt) ? "trouble" : undefined),
          cell: ({ lastSeenAt }) =>
            `${isSilent(lastSeenAt, nowAt) ? "silent: " : ""}${formatDuration(secondsBetween(lastSeenAt, nowAt))} ago`,
        },
      ]}
    />
  );
}
