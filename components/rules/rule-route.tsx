"use client";

import { useQueries } from "@tanstack/react-query";
import { queries } from "#components/api/queries.ts";
import type { WrittenSpec } from "#components/forms/spec-path.ts";
import { FoundRoutes } from "#components/routes/found-routes.tsx";
import page from "#components/ui/page.module.css";
import { draftLabels } from "./rule-labels.ts";
import styles from "./rules.module.css";

/** Where the routing tree sends the rule's alerts, for every set of labels in its scope. */
export function RuleRoute({ name, spec }: { name: string; spec: WrittenSpec }) {
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
