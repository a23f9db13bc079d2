"use client";

import { useQuery } from "@tanstack/react-query";
import Link from "next/link";
import { withBase } from "#components/api/base-path.ts";
import { queries } from "#components/api/queries.ts";
import { Notice } from "#components/ui/notice.tsx";
import page from "#components/ui/page.module.css";
import { PageHeading } from "#components/ui/page-heading.tsx";
import { Section } from "#components/ui/section.tsx";
import type { DeploymentEffectListJson } from "#domain/api/deployment-effect.ts";
import type { RunningVersionListJson } from "#domain/api/running-versions.ts";
import { DeploymentTable } from "./deployment-table.tsx";
import { RunningNow } from "./running-now.tsx";

interface DeploymentsViewProps {
  initial: DeploymentEffectListJson;
  initialRunning: RunningVersionListJson;
  /** The query, as the API takes it. */
  search: string;
  datacenter: string | null;
  isFirst: boolean;
}

/** Deployments and the changes that came with them, with statistics that guard against coincidence. */
export function DeploymentsView({ initial, initialRunning, search, datacenter, isFirst }: DeploymentsViewProps) {
  const query = useQuery({ ...queries.deploymentEffects(search), initialData: initial });
  const { items, nextCursor, asOf } = query.data;
  const here = datacenter === null ? "" : `datacenter=${encodeURIComponent(datacenter)}`;
  return (
    <article className={page.page}>
      <PageHeading query={query}>Deployments{datacenter !== null && ` at ${datacenter}`}</PageHeading>
      {isFirst && <RunningNow initial={initialRunning} datacenter={datacenter} />}
      {items.length === 0 ? <NothingDeployed isFirst={isFirst} /> : <DeploymentTable items={items} asOf={asOf} />}
      <p>
        {datacenter !== null && <Link href="/deployments">All deployments</Link>}{" "}
        {!isFirst && <Link href={`/deployments?${here}`}>Newest deployments</Link>}{" "}
        {nextCursor !== null && (
          <Link href={`/deployments?${[here, `cursor=${encodeURIComponent(nextCursor)}`].filter(Boolean).join("&")}`}>
            Older deployments
          </Link>
        )}
      </p>
      <Section id="how" title="How changes are detected">
        <p>
          Each hour of the 24 after a deployment is compared with the same hour of the day before, at the same
          datacenter: the median closing delay over its event types, and the share of events lost. An exact Wilcoxon
          signed-rank test on pairs averaged over two hours checks whether the differences centre on zero. Ranges are 95
          % confidence intervals. A change is reported only if it is significant after Holm’s correction for all tests
          on this page. If the component is replaced sooner, the comparison ends there. The test shows that something
          changed, not that the deployment caused it: check what else was deployed that day.
        </p>
      </Section>
    </article>
  );
}

function NothingDeployed({ isFirst }: { isFirst: boolean }) {
  if (!isFirst)
    return (
      <Notice title="No older deployments" level={2}>
        {null}
      </Notice>
    );
  return (
    <Notice title="No deployments reported" level={2}>
      <p>
        End a release pipeline with <code>tidemark deployed COMPONENT VERSION --dc DATACENTER</code>, or{" "}
        <Link href="/deployments/new-hook">create a hook</Link> for GitHub, GitLab, Argo CD or Spinnaker:{" "}
        <a href={withBase("/docs/deployments")}>Deployments</a> has both.
      </p>
    </Notice>
  );
}
