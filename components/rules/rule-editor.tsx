"use client";

import { useDebouncedValue } from "@mantine/hooks";
import { useQueries } from "@tanstack/react-query";
import { queries } from "#components/api/queries.ts";
import { BacktestStrip } from "#components/backtest/backtest-strip.tsx";
import forms from "#components/forms/forms.module.css";
import { SpecEditor } from "#components/forms/spec-editor.tsx";
import type { WrittenSpec } from "#components/forms/spec-path.ts";
import { putSpec, type Stored, useDraft } from "#components/forms/use-draft.ts";
import { FoundRoutes } from "#components/routes/found-routes.tsx";
import page from "#components/ui/page.module.css";
import { RuleFields } from "./rule-fields.tsx";
import { draftLabels, ruleSentence, scopeSentence } from "./rule-words.ts";
import styles from "./rules.module.css";

const settleMs = 400;
/** A rule's form, and beside it what it says, what it would have done, and where its alerts go. */
export function RuleEditor({ stored }: { stored: Stored }) {
  const draft = useDraft({
    stored,
    write: putSpec("/rules/{name}"),
    rereads: (name) => [["rules"], ["rule", name]],
    pageOf: (name) => `/alerts/rules/${encodeURIComponent(name)}`,
  });
  const [settled] = useDebouncedValue({ name: draft.name, spec: draft.spec }, settleMs);
  return (
    <div className={forms.beside}>
      <SpecEditor draft={draft} kind="AlertRule" to="save it" form={<RuleFields />} />
      <div className={page.page}>
        {draft.isDirty && (
          <p>
            As edited: {ruleSentence(draft.spec)} {scopeSentence(draft.spec)}
          </p>
        )}
        <BacktestStrip spec={draft.spec} ruleName={draft.name || null} />
        <RuleRoute name={settled.name} spec={settled.spec} />
      </div>
    </div>
  );
}

/** Where the routing tree sends the rule's alerts, for every set of labels in its scope. */
function RuleRoute({ name, spec }: { name: string; spec: WrittenSpec }) {
  const sets = draftLabels(name, spec);
  const results = useQueries({ queries: sets.map((labels) => queries.routesTest(labels)) });
  return (
    <section aria-labelledby="its-route">
      <h3 id="its-route">Routing</h3>
      <ul className={styles.routes}>
        {results.map(({ data, error }, at) => (
          <li key={JSON.stringify(sets[at])}>
            <span className={styles.labels}>{labelsText(sets[at] ?? {})}</span>
            {data ? (
              <FoundRoutes found={data} />
            ) : (
              <span className={page.quiet}>{error ? error.message : "Loading the route…"}</span>
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}

function labelsText(labels: Readonly<Record<string, string>>): string {
  return Object.entries(labels)
    .map(([name, value]) => `${name}=${JSON.stringify(value)}`)
    .join(" ");
}
