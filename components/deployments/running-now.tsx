"use client";

import { useQuery } from "@tanstack/react-query";
import { failureOf, queries } from "#components/api/queries.ts";
import page from "#components/ui/page.module.css";
import { Section } from "#components/ui/section.tsx";
import type { RunningVersionListJson } from "#domain/api/running-versions.ts";
import { runningSearch, shownRunning } from "./running-search.ts";
import { RunningTable } from "./running-table.tsx";
import { runningSentence } from "./running-words.ts";

interface RunningNowProps {
  /** null: read by the browser. */
  initial: RunningVersionListJson | null;
  datacenter: string | null;
}

/** What runs against what was deployed: how many are as deployed, and those that are not. */
export function RunningNow({ initial, datacenter }: RunningNowProps) {
  const query = useQuery({
    ...queries.runningVersions(runningSearch(datacenter)),
    ...(initial === null ? {} : { initialData: initial }),
  });
  return (
    <Section id="running" title="Running against deployed">
      {query.data === undefined ? (
        <p className={page.quiet}>{failureOf(query) ?? "Loading…"}</p>
      ) : (
        <Compared list={query.data} />
      )}
    </Section>
  );
}

function Compared({ list: { items, nextCursor, asOf } }: { list: RunningVersionListJson }) {
  if (items.length === 0) return <p className={page.quiet}>No heartbeats and no deployments in the last 30 days.</p>;
  const others = items.filter(({ standing }) => standing !== "as_deployed");
  return (
    <>
      <p>
        {runningSentence(items)}
        {nextCursor !== null && ` These are the first ${shownRunning}; tidemark deployments running lists all.`}
      </p>
      {others.length > 0 && <RunningTable items={others} asOf={asOf} />}
    </>
  );
}
