"use client";

import { useQuery } from "@tanstack/react-query";
import type { ListJson } from "#components/api/client.ts";
import { deploymentHooks } from "#components/api/deployment-hooks.ts";
import { type Column, DataTable } from "#components/ui/data-table.tsx";
import page from "#components/ui/page.module.css";
import { PageHeading } from "#components/ui/page-heading.tsx";
import { Section } from "#components/ui/section.tsx";
import { Time } from "#components/ui/time.tsx";
import type { DeploymentHookJson, LoggedDeliveryJson } from "#domain/api/hooks.ts";
import { formatCount } from "#domain/figures.ts";
import { HookActs } from "./hook-acts.tsx";
import { HookDeliveries } from "./hook-deliveries.tsx";
import { HookEditor } from "./hook-editor.tsx";
import { HookSetUp } from "./hook-set-up.tsx";
import { countsText, providerNames, standstillText } from "./hook-words.ts";

interface HookViewProps {
  hook: DeploymentHookJson;
  deliveries: ListJson<LoggedDeliveryJson>;
  asOf: string;
}

/** One deployment hook: whether it takes deliveries, what came of them, its mappings and its secret. */
export function HookView({ hook: initial, deliveries, asOf }: HookViewProps) {
  const query = useQuery({ ...deploymentHooks.one(initial.name), initialData: initial });
  const hook = query.data;
  const { name, spec, notMappedSubjects, updatedAt, updatedBy } = hook;
  const standstill = standstillText(hook);
  const tool = providerNames[spec.provider];
  return (
    <article className={page.page}>
      <PageHeading query={query}>{name}</PageHeading>
      {standstill !== null && <p className={page.trouble}>▲ {standstill}</p>}
      <p>
        Takes deployments from {tool}. {countsText(hook)}
      </p>
      <p className={page.quiet}>
        Last changed <Time at={updatedAt} relativeTo={asOf} /> by {updatedBy}.
        {spec.owner !== undefined && ` Belongs to team ${spec.owner}.`}
      </p>
      <Section id="set-up" title={`Set up ${tool}`}>
        <HookSetUp name={name} provider={spec.provider} />
      </Section>
      <Section id="deliveries" title="Deliveries">
        <HookDeliveries name={name} initial={deliveries} asOf={asOf} />
      </Section>
      {notMappedSubjects.length > 0 && (
        <Section id="not-mapped" title="Not mapped">
          <p>No mapping matches these, so nothing of them was recorded. Add a mapping, and deliver them again.</p>
          <DataTable
            label="Subjects that no mapping matches"
            columns={subjectColumns(asOf)}
            rows={notMappedSubjects}
            rowKey={({ subject }) => subject}
          />
        </Section>
      )}
      <Section id="settings" title="Settings">
        <HookEditor stored={hook} />
      </Section>
      <HookActs hook={hook} asOf={asOf} />
    </article>
  );
}

type Subject = DeploymentHookJson["notMappedSubjects"][number];

const subjectColumns = (asOf: string): Column<Subject>[] => [
  { head: "Subject", cell: ({ subject }) => subject },
  { head: "Deliveries", figure: true, cell: ({ deliveries }) => formatCount(deliveries) },
  { head: "Last", cell: ({ lastSeenAt }) => <Time at={lastSeenAt} relativeTo={asOf} /> },
];
