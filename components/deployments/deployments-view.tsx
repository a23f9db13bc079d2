"use client";

import { useQuery } from "@tanstack/react-query";
import Link from "next/link";
import { failureOf, queries } from "#components/api/queries.ts";
import { AsOf } from "#components/ui/as-of.tsx";
import { Notice } from "#components/ui/notice.tsx";
import page from "#components/ui/page.module.css";
import type { DeploymentEffectListJson } from "#domain/api/deployment-effect.ts";
import { DeploymentTable } from "./deployment-table.tsx";

interface DeploymentsViewProps {
  initial: DeploymentEffectListJson;
  /** The query, as the API takes it. */
  search: string;
  datacenter: string | null;
  isFirst: boolean;
}

/** Deployments and the changes that came with them, with statistics that guard against coincidence. */
export function DeploymentsView({ initial, search, datacenter, isFirst }: DeploymentsViewProps) {
  const query = useQuery({ ...queries.deploymentEffects(search), initialData: initial });
  const { items, nextCursor, asOf } = query.data;
  const here = datacenter === null ? "" : `datacenter=${encodeURIComponent(datacenter)}`;
  return (
    <article className={page.page}>
      <div className={page.heading}>
        <h1>Deployments{datacenter !== null && ` at ${datacenter}`}</h1>
        <AsOf updatedAtMs={query.dataUpdatedAt} failure={failureOf(query)} />
      </div>
      {items.length === 0 ? <NothingDeployed isFirst={isFirst} /> : <DeploymentTable items={items} asOf={asOf} />}
      <p>
        {datacenter !== null && <Link href="/deployments">Deployments everywhere</Link>}{" "}
        {!isFirst && <Link href={`/deployments?${here}`}>The newest</Link>}{" "}
        {nextCursor !== null && (
          <Link href={`/deployments?${[here, `cursor=${encodeURIComponent(nextCursor)}`].filter(Boolean).join("&")}`}>
            Older deployments
          </Link>
        )}
      </p>
      <section className={page.card} aria-labelledby="how">
        <h2 id="how">How changes are told from chance</h2>
        <p>
          Every hour of the day after a deployment is set beside the same hour of the day before, at its datacenter: the
          median closing delay over its types, and the share of events lost. Wilcoxon’s signed-rank test, exact and with
          pairs averaged by two hours, says whether the differences lie about zero; the ranges are 95 % intervals. A
          change is called one only if it stands among all that this page asks about (Holm). Where a component is
          replaced sooner, its hours end there. It tells that something changed, not that the deployment did it: look at
          what else went out within the day.
        </p>
      </section>
    </article>
  );
}

function NothingDeployed({ isFirst }: { isFirst: boolean }) {
  if (!isFirst)
    return (
      <Notice title="No deployment is older" level={2}>
        {null}
      </Notice>
    );
  return (
    <Notice title="No deployment was told yet" level={2}>
      <p>
        End a pipeline with <code>POST /api/v1/deployments</code>, or send <code>tidemark.deployment.v1</code> events:
        see the <a href="/docs/protocol">protocol</a>.
      </p>
    </Notice>
  );
}
