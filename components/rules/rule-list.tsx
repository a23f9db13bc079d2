"use client";

import { useQuery } from "@tanstack/react-query";
import Link from "next/link";
import { SeverityWord } from "#components/alerts/severity-word.tsx";
import type { ListJson } from "#components/api/client.ts";
import { failureOf, queries } from "#components/api/queries.ts";
import { AsOf } from "#components/ui/as-of.tsx";
import form from "#components/ui/form.module.css";
import page from "#components/ui/page.module.css";
import table from "#components/ui/table.module.css";
import { Time } from "#components/ui/time.tsx";
import type { RuleJson } from "#domain/api/alerts.ts";
import { thresholdText } from "./rule-words.ts";
import { stateCounts } from "./state-counts.ts";

/** Every rule: the defaults, and custom ones that replace or extend them. */
export function RuleList({ rules, asOf }: { rules: ListJson<RuleJson>; asOf: string }) {
  const query = useQuery({ ...queries.rules(), initialData: rules });
  const own = query.data.items.filter(({ origin }) => origin !== "default").length;
  return (
    <article className={page.page}>
      <div className={page.heading}>
        <h1>Rules</h1>
        <AsOf updatedAtMs={query.dataUpdatedAt} failure={failureOf(query)} />
      </div>
      <p>
        {own === 0
          ? "These default rules are active. Open a rule to change it, or create your own."
          : "Default rules, and custom rules that extend or replace them."}
      </p>
      <p>
        <Link className={form.button} href="/alerts/new-rule">
          New rule
        </Link>
      </p>
      <table className={table.table} aria-label="Rules">
        <thead>
          <tr>
            <th scope="col">Rule</th>
            <th scope="col">Metric</th>
            <th scope="col">Threshold</th>
            <th scope="col">Severity</th>
            <th scope="col">Origin</th>
            <th scope="col">Alerts</th>
            <th scope="col">Last change</th>
          </tr>
        </thead>
        <tbody>
          {query.data.items.map((rule) => (
            <RuleRow key={rule.name} rule={rule} asOf={asOf} />
          ))}
        </tbody>
      </table>
    </article>
  );
}

function RuleRow({ rule, asOf }: { rule: RuleJson; asOf: string }) {
  const { name, metric, spec, severity, origin, enabled, states, updatedAt, updatedBy } = rule;
  return (
    <tr data-off={enabled ? undefined : ""}>
      <th scope="row">
        <Link href={`/alerts/rules/${encodeURIComponent(name)}`} prefetch={false}>
          {name}
        </Link>
        {!enabled && " (off)"}
      </th>
      <td data-label="metric" data-word="">
        {metric}
      </td>
      <td data-label="threshold">{thresholdText(metric, spec.threshold)}</td>
      <td data-word="">
        <SeverityWord severity={severity} />
      </td>
      <td data-label="origin" data-word="">
        {origin}
      </td>
      <td data-label="alerts" data-alarming={states.firing > 0 ? "" : undefined}>
        {stateCounts(states) || <span className={page.quiet}>none</span>}
      </td>
      <td data-label="last change">
        {updatedAt === null ? (
          <span className={page.quiet}>never</span>
        ) : (
          <>
            <Time at={updatedAt} relativeTo={asOf} /> by {updatedBy}
          </>
        )}
      </td>
    </tr>
  );
}
