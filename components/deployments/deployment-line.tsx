import { DatacenterLink } from "#components/ui/datacenter-link.tsx";
import { Time } from "#components/ui/time.tsx";
import type { DeploymentJson } from "#domain/api/catalogue.ts";

/** What was deployed, where, when and by whom, in one line. */
export function DeploymentLine({ deployment, asOf }: { deployment: DeploymentJson; asOf: string }) {
  const { component, version, datacenter, deployedAt, deployedBy, url } = deployment;
  const name = `${component} ${version}`;
  return (
    <>
      {url ? <a href={url}>{name}</a> : <strong>{name}</strong>} at{" "}
      {datacenter === null ? "every datacenter" : <DatacenterLink name={datacenter} />},{" "}
      <Time at={deployedAt} relativeTo={asOf} />
      {deployedBy && `, by ${deployedBy}`}
    </>
  );
}
