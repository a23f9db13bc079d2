import { formatDuration, secondsBetween } from "#components/ui/duration.ts";
import page from "#components/ui/page.module.css";
import { Time } from "#components/ui/time.tsx";
import type { DatacenterJson } from "#domain/api/catalogue.ts";
import { isSilent } from "./datacenter-sentence.ts";
import styles from "./datacenters.module.css";

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
    <table className={styles.table} aria-label="Components">
      <thead>
        <tr>
          <th scope="col">Instance</th>
          <th scope="col">Component</th>
          <th scope="col">Version</th>
          <th scope="col">Running since</th>
          <th scope="col">Last heartbeat</th>
        </tr>
      </thead>
      <tbody>
        {datacenter.components.map(({ component, instance, version, startedAt, lastSeenAt }) => (
          <tr key={`${component} ${instance}`}>
            <th scope="row">{instance}</th>
            <td data-label="Component">{component}</td>
            <td data-label="Version">{version ?? <span className={page.quiet}>not reported</span>}</td>
            <td data-label="Running since">
              {startedAt ? (
                <Time at={startedAt} relativeTo={nowAt} />
              ) : (
                <span className={page.quiet}>not reported</span>
              )}
            </td>
            <td data-label="Last heartbeat">
              <span className={isSilent(lastSeenAt, nowAt) ? styles.trouble : undefined}>
                {isSilent(lastSeenAt, nowAt) && "silent: "}
                {formatDuration(secondsBetween(lastSeenAt, nowAt))} ago
              </span>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
