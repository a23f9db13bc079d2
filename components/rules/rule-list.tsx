"use client";

import { Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import Link from "next/link";
import type { ListJson } from "#components/api/client.ts";
import { queries } from "#components/api/queries.ts";
import { type Column, DataTable } from "#components/ui/data-table.tsx";
import page from "#components/ui/page.module.css";
import { PageHeading } from "#components/ui/page-heading.tsx";
import { PageLink } from "#components/ui/page-link.tsx";
import { SeverityWord } from "#components/ui/severity-word.tsx";
import { Time } from "#components/ui/time.tsx";
import { metrics } from "#domain/alert/metrics.ts";
import type { RuleJson } from "#domain/api/alerts.ts";
import { thresholdText } from "./rule-words.ts";

/** Every rule: the defaults, and custom ones that replace or extend them. */
export function RuleList({ rules, asOf }: { rules: ListJson<RuleJson>; asOf: string }) {
  const query = useQuery({ ...queries.rules(), initialData: rules });
  const own = query.data.items.filter(({ origin }) => origin !== "default").length;
  return (
    <article className={page.page}>
      <PageHeading query={query}>Rules</PageHeading>
      <p>
        {own === 0
          ? "These default rules are active. Open a rule to change it, or create your own."
          : "Default rules, and custom rules that extend or replace them."}
      </p>
      <div>
        <Button component={Link} href="/alerts/new-rule">
          New rule
        </Button>
      </div>
      <DataTable label="Rules" columns={columnsOf(asOf)} rows={query.data.items} rowKey={({ name }) => name} />
    </article>
  );
}

const columnsOf = (asOf: string): Column<RuleJson>[] => [
  {
    head: "Rule",
    cell: ({ name, enabled }) => (
      <>
        <PageLink href={`/alerts/rules/${encodeURIComponent(name)}`}>{name}</PageLink>
        {!enabled && " (off)"}
      </>
    ),
  },
  { head: "Metric", cell: ({ metric }) => metrics[metric].label },
  { head: "Threshold", cell: ({ metric, spec }) => thresholdText(metric, spec.threshold) },
  { head: "Severity", label: null, word: true, cell: ({ severity }) => <SeverityWord severity={severity} /> },
  { head: "Origin", word: true, cell: ({ origin }) => origin },
  {
    head: "Alerts",
    tone: ({ states }) => (states.firing > 0 ? "trouble" : stateCounts(states) === "" ? "quiet" : undefined),
    cell: ({ states }) => stateCounts(states) || "none",
  },
  {
    head: "Last change",
    tone: ({ updatedAt }) => (updatedAt === null ? "quiet" : undefined),
    narrow: "hidden-if-quiet",
    cell: ({ updatedAt, updatedBy }) =>
      updatedAt === null ? (
        "never"
      ) : (
        <>
          <Time at={updatedAt} relativeTo={asOf} /> by {updatedBy}
        </>
      ),
  },
];

/** "3 firing, 1 pending"; "" while all its alerts are normal. Most urgent first. */
function stateCounts({ firing, recovering, pending, noData, error }: RuleJson["states"]): string {
  return Object.entries({ firing, recovering, pending, "with no data": noData, "in error": error })
    .filter(([, count]) => count > 0)
    .map(([state, count]) => `${count} ${state}`)
    .join(", ");
}
