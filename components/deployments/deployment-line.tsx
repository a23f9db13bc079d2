import { withBase } from "#components/api/base-path.ts";
import { DatacenterLink } from "#components/ui/datacenter-link.tsx";
import { Time } from "#components/ui/time.tsx";
import type { DeploymentJson } from "#domain/api/catalogue.ts";

/** A deployment in one line: what, where, when and who. */
export function DeploymentLine({ deployment, asOf }: { deployment: DeploymentJson; asOf: string }) {
  const { component, version, datacenter, deployedAt, deployedBy, url } = deployment;
  const name = `${component} ${version}`;
  return (
    <>
      {url ? <a href={withBase(url)}>{name}</a> : <strong>{name}</strong>} at{" "}
      {datacenter === null ? "every datacenter" : <DatacenterLink name={datacenter} />},{" "}
      <Time at={deployedAt} relativeTo={asOf} />
      {deployedBy && `, by ${deployedBy}`}
    </>
  );
}
