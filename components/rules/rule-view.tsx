"use client";

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import Link from "next/link";
import { useRouter } from "next/navigation";
import { useMayChange } from "#components/access/use-may.ts";
import { AlertTable } from "#components/alerts/alert-table.tsx";
import { withBase } from "#components/api/base-path.ts";
import { api, type ListJson } from "#components/api/client.ts";
import { queries } from "#components/api/queries.ts";
import { ConfirmButton } from "#components/ui/confirm-button.tsx";
import page from "#components/ui/page.module.css";
import { PageHeading } from "#components/ui/page-heading.tsx";
import { Refusal } from "#components/ui/refusal.tsx";
import { Section } from "#components/ui/section.tsx";
import { SeverityWord } from "#components/ui/severity-word.tsx";
import { Time } from "#components/ui/time.tsx";
import { toast } from "#components/ui/toast.ts";
import { runbookOf } from "#domain/alert/runbook.ts";
import type { ListedAlertJson, RuleJson, RuleStandingJson } from "#domain/api/alerts.ts";
import { RuleEditor } from "./rule-editor.tsx";
import { ruleSentence, scopeSentence } from "./rule-words.ts";

const alertsOfRule = (name: string) => `rule=${encodeURIComponent(name)}&limit=200`;

interface RuleViewProps {
  rule: RuleJson;
  standing: RuleStandingJson;
  alerts: ListJson<ListedAlertJson>;
  asOf: string;
}

/** One rule: its meaning, its current alerts, and its form. */
export function RuleView({ rule: initial, standing: standingNow, alerts, asOf }: RuleViewProps) {
  const query = useQuery({ ...queries.rule(initial.name), initialData: initial });
  const active = useQuery({ ...queries.alerts(alertsOfRule(initial.name)), initialData: alerts });
  const standing = useQuery({ ...queries.ruleStanding(initial.name), initialData: standingNow }).data;
  const rule = query.data;
  return (
    <article className={page.page}>
      <PageHeading query={query}>
        <SeverityWord severity={rule.severity} /> {rule.name}
      </PageHeading>
      <p>
        {ruleSentence(rule.spec)} {scopeSentence(rule.spec)}
      </p>
      <p data-standing={standing.state}>{standing.sentence}</p>
      <p className={page.quiet}>
        <Origin rule={rule} asOf={asOf} /> {rule.spec.owner !== undefined && `Belongs to team ${rule.spec.owner}. `}{" "}
        <a href={withBase(runbookOf(rule.spec))}>Runbook</a>
      </p>
      <Section id="its-alerts" title="Active alerts">
        <AlertTable alerts={active.data.items} asOf={asOf} />
      </Section>
      <Section id="settings" title="Settings">
        {rule.origin === "default" && (
          <p>
            Saving a change replaces the default rule. <Link href="/docs/alerting">Alerting</Link> explains each field.
          </p>
        )}
        <RuleEditor stored={rule} />
        <DeleteRule rule={rule} />
      </Section>
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

/** Deletes a custom rule; if it replaced a default, the default applies again. */
function DeleteRule({ rule: { name, origin, spec } }: { rule: RuleJson }) {
  const may = useMayChange(spec.owner ?? null);
  const client = useQueryClient();
  const router = useRouter();
  const mutation = useMutation({
    mutationFn: () => api.DELETE("/rules/{name}", { params: { path: { name } } }),
    onSuccess: async () => {
      toast({ message: origin === "own" ? `${name} deleted.` : "Default rule restored." });
      await client.invalidateQueries({ queryKey: queries.rules().queryKey });
      if (origin === "own") {
        client.removeQueries({ queryKey: queries.rule(name).queryKey });
        return router.push("/alerts/rules");
      }
      await client.invalidateQueries({ queryKey: queries.rule(name).queryKey });
      router.refresh();
    },
  });
  if (!may || origin === "default") return null;
  return (
    <div className={page.row}>
      {origin === "replaced" ? (
        <ConfirmButton name="Restore default rule" confirm="Delete custom rule" act={mutation} />
      ) : (
        <ConfirmButton name="Delete rule" confirm={`Delete ${name}`} act={mutation} />
      )}
      <Refusal error={mutation.error} />
    </div>
  );
}
