import { formatDuration, secondsBetween } from "#components/ui/duration.ts";
import { Time } from "#components/ui/time.tsx";
import type { DatacenterJson } from "#domain/api/catalogue.ts";
import styles from "./status.module.css";

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
    <ul className={styles.sites}>
      {datacenters.map((datacenter) => (
        <li key={datacenter.name}>
          <h3>
            {datacenter.displayName ? `${datacenter.name}, ${datacenter.displayName}` : datacenter.name}
            {datacenter.status === "discovered" && <span className={styles.discovered}> discovered, not claimed</span>}
          </h3>
          <p>
            {datacenter.lastSeenAt ? (
              <>
                last message {formatDuration(secondsBetween(datacenter.lastSeenAt, nowAt))} ago,{" "}
                <Time at={datacenter.lastSeenAt} relativeTo={nowAt} />
              </>
            ) : (
              "no messages yet"
            )}
          </p>
          {datacenter.components.length > 0 && <Components components={datacenter.components} nowAt={nowAt} />}
        </li>
      ))}
    </ul>
  );
}

function Components({ components, nowAt }: { components: DatacenterJson["components"]; nowAt: string }) {
  return (
    <table className={styles.components}>
      <thead>
        <tr>
          <th scope="col">Component</th>
          <th scope="col">Instance</th>
          <th scope="col">Version</th>
          <th scope="col">Last heartbeat</th>
        </tr>
      </thead>
      <tbody>
        {components.map(({ component, instance, version, lastSeenAt }) => (
          <tr key={`${component} ${instance}`}>
            <th scope="row">{component}</th>
            <td>{instance}</td>
            <td>{version ?? "not reported"}</td>
            <td>
              <Time at={lastSeenAt} relativeTo={nowAt} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
