"use client";

import { useQuery } from "@tanstack/react-query";
import Link from "next/link";
import { AlertTable } from "#components/alerts/alert-table.tsx";
import { SeverityWord } from "#components/alerts/severity-word.tsx";
import type { ListJson } from "#components/api/client.ts";
import { failureOf, queries } from "#components/api/queries.ts";
import { documentText } from "#components/catalogue/document-text.ts";
import { AsOf } from "#components/ui/as-of.tsx";
import page from "#components/ui/page.module.css";
import { Time } from "#components/ui/time.tsx";
import type { AlertJson, RuleJson } from "#domain/api/alerts.ts";
import { DeleteRule } from "./delete-rule.tsx";
import { RuleEditor } from "./rule-editor.tsx";
import { ruleSentence, scopeSentence } from "./rule-words.ts";
import styles from "./rules.module.css";

const alertsOfRule = (name: string) => `rule=${encodeURIComponent(name)}&limit=200`;

interface RuleViewProps {
  rule: RuleJson;
  alerts: ListJson<AlertJson>;
  asOf: string;
}

/** One rule: its meaning, its current alerts, and its document to edit. */
export function RuleView({ rule: initial, alerts, asOf }: RuleViewProps) {
  const query = useQuery({ ...queries.rule(initial.name), initialData: initial });
  const active = useQuery({ ...queries.alerts(alertsOfRule(initial.name)), initialData: alerts });
  const rule = query.data;
  const text = documentText("AlertRule", initial.name, initial.spec);
  return (
    <article className={page.page}>
      <div className={page.heading}>
        <h1>
          <SeverityWord severity={rule.severity} /> {rule.name}
        </h1>
        <AsOf updatedAtMs={query.dataUpdatedAt} failure={failureOf(query)} />
      </div>
      <p className={styles.sentence}>
        {!rule.enabled && "Disabled. "}
        {ruleSentence(rule.spec)} {scopeSentence(rule.spec)}
      </p>
      <p className={page.quiet}>
        <Origin rule={rule} asOf={asOf} />
      </p>
      <section className={page.card} aria-labelledby="its-alerts">
        <h2 id="its-alerts">Active alerts</h2>
        {active.data.items.length === 0 ? (
          <p>No active alerts.</p>
        ) : (
          <AlertTable alerts={active.data.items} asOf={asOf} />
        )}
      </section>
      <section className={page.card} aria-labelledby="its-document">
        <h2 id="its-document">Edit</h2>
        <p>
          {rule.origin === "default" && "Applying this document replaces the default rule. "}
          <code>enabled: false</code> disables it. <Link href="/docs/alerting">Alerting</Link> explains each field.
        </p>
        <RuleEditor key={text} initial={text} />
        <DeleteRule rule={rule} />
      </section>
    </article>
  );
}

function Origin({ rule: { origin, updatedAt, updatedBy }, asOf }: { rule: RuleJson; asOf: string }) {
  if (origin === "default") return "Default rule, unchanged.";
  return (
    <>
      {origin === "own" ? "Custom rule, last changed" : "Replaces a default rule, last changed"}
      {updatedAt !== null && (
        <>
          {" "}
          <Time at={updatedAt} relativeTo={asOf} /> by {updatedBy}
        </>
      )}
      .
    </>
  );
}
