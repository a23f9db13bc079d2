"use client";

import { useQueries } from "@tanstack/react-query";
import Link from "next/link";
import { queries } from "#components/api/queries.ts";
import { formatTerm } from "#components/ui/duration.ts";
import page from "#components/ui/page.module.css";
import type { RoutesTestJson } from "#domain/api/routing.ts";
import { draftLabels, type RuleDraft } from "./rule-draft.ts";
import styles from "./rules.module.css";

/** Where the routing tree sends the rule's alerts, for every set of labels in its scope. */
export function RuleRoute({ draft: { name, spec } }: { draft: RuleDraft }) {
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
              <Routes found={data} />
            ) : (
              <span className={page.quiet}>{error ? error.message : "Loading the route…"}</span>
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}

function Routes({ found: { routes } }: { found: RoutesTestJson }) {
  const reached = routes.flatMap(({ channels }) => channels);
  return (
    <>
      {routes.map(({ path, receiver, channels, groupWaitSeconds, repeatIntervalSeconds, muted }) => (
        <span key={path}>
          To {receiver}
          {channels.length > 0 && `: ${channels.join(", ")}`},{" "}
          {groupWaitSeconds === 0 ? "at once" : `after ${formatTerm(groupWaitSeconds)}`}, again every{" "}
          {formatTerm(repeatIntervalSeconds)}
          {muted !== null && ` (muted now: ${muted})`}.{" "}
        </span>
      ))}
      {reached.length === 0 && (
        <span>
          Notifications are dropped: no receiver on this route has a channel.{" "}
          <Link href="/alerts/channels">Set up a channel</Link>.
        </span>
      )}
    </>
  );
}

function labelsText(labels: Readonly<Record<string, string>>): string {
  return Object.entries(labels)
    .map(([name, value]) => `${name}=${JSON.stringify(value)}`)
    .join(" ");
}
