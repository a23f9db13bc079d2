"use client";

import { Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import Link from "next/link";
import type { ListJson } from "#components/api/client.ts";
import { deploymentHooks } from "#components/api/deployment-hooks.ts";
import { CopyLine } from "#components/ui/copy-line.tsx";
import { type Column, DataTable } from "#components/ui/data-table.tsx";
import { Notice } from "#components/ui/notice.tsx";
import page from "#components/ui/page.module.css";
import { PageHeading } from "#components/ui/page-heading.tsx";
import { PageLink } from "#components/ui/page-link.tsx";
import { Time } from "#components/ui/time.tsx";
import { useOrigin } from "#components/ui/use-origin.ts";
import type { DeploymentHookJson } from "#domain/api/hooks.ts";
import { formatCount } from "#domain/figures.ts";
import { deliveryUrl, hookHref, isTrouble, outcomeText, providerNames, standstillText } from "./hook-words.ts";

/** Webhooks of release tools: where each delivers to, and what came of the last delivery. */
export function HookList({ hooks, asOf }: { hooks: ListJson<DeploymentHookJson>; asOf: string }) {
  const query = useQuery({ ...deploymentHooks.list(), initialData: hooks });
  const origin = useOrigin();
  const { items } = query.data;
  return (
    <article className={page.page}>
      <PageHeading query={query}>Deployment hooks</PageHeading>
      {items.length === 0 ? (
        <Notice title="No deployment hooks" level={2}>
          <p>
            <Link href="/deployments/new-hook">Create a hook</Link>, and GitHub, GitLab, Argo CD or Spinnaker records
            its deployments here.
          </p>
        </Notice>
      ) : (
        <>
          <p>Each release tool posts its deployments to its hook’s URL.</p>
          <div>
            <Button component={Link} href="/deployments/new-hook">
              New hook
            </Button>
          </div>
          <DataTable
            label="Deployment hooks"
            columns={columnsOf(asOf)}
            rows={items}
            rowKey={({ name }) => name}
            detail={({ name }) => <CopyLine text={deliveryUrl(origin, name)} label={`URL of ${name}`} />}
          />
        </>
      )}
    </article>
  );
}

const columnsOf = (asOf: string): Column<DeploymentHookJson>[] => [
  {
    head: "Hook",
    cell: ({ name, spec }) => (
      <>
        <PageLink href={hookHref(name)}>{name}</PageLink>
        {spec.enabled === false && " (off)"}
      </>
    ),
  },
  { head: "Release tool", label: null, word: true, cell: ({ spec }) => providerNames[spec.provider] },
  {
    head: "Last delivery",
    cell: (hook) => <LastDelivery hook={hook} asOf={asOf} />,
  },
  {
    head: "Refused",
    figure: true,
    tone: ({ refused }) => (refused === 0 ? "quiet" : undefined),
    cell: ({ refused }) => formatCount(refused),
  },
];

function LastDelivery({ hook, asOf }: { hook: DeploymentHookJson; asOf: string }) {
  const { lastDelivery, secretIsSet } = hook;
  if (!secretIsSet) return <span className={page.trouble}>▲ {standstillText(hook)}</span>;
  if (lastDelivery === null) return <span className={page.quiet}>none yet</span>;
  return (
    <>
      <span className={isTrouble(lastDelivery) ? page.trouble : undefined}>
        <Time at={lastDelivery.receivedAt} relativeTo={asOf} />: {outcomeText(lastDelivery)}
      </span>
      <br />
      <span className={page.quiet}>{lastDelivery.detail}</span>
    </>
  );
}
