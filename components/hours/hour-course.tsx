"use client";

import { useQuery } from "@tanstack/react-query";
import { failureOf, queries } from "#components/api/queries.ts";
import page from "#components/ui/page.module.css";
import type { VerdictJson } from "#domain/api/verdict.ts";
import { HourDeployments } from "./hour-deployments.tsx";
import { HourProgress } from "./hour-progress.tsx";
import { SkewMatrix } from "./skew-matrix.tsx";

/** The hour's course: its closings against the usual, where its events landed, deployments around it. */
export function HourCourse({ verdict }: { verdict: VerdictJson }) {
  const { eventType, hour } = verdict;
  const progress = useQuery(queries.progress(eventType, hour));
  const skew = useQuery(queries.skew(eventType, hour));
  return (
    <>
      <section className={page.card} aria-labelledby="progress">
        <h2 id="progress">Closing</h2>
        {progress.data ? <HourProgress progress={progress.data} verdict={verdict} /> : <Waiting query={progress} />}
      </section>
      <section className={page.card} aria-labelledby="skew">
        <h2 id="skew">Skew</h2>
        {skew.data ? <SkewMatrix skew={skew.data} /> : <Waiting query={skew} />}
      </section>
      <section className={page.card} aria-labelledby="deployed">
        <h2 id="deployed">Deployments</h2>
        <HourDeployments verdict={verdict} />
      </section>
    </>
  );
}

function Waiting({ query }: { query: Parameters<typeof failureOf>[0] }) {
  return <p className={page.quiet}>{failureOf(query) ?? "Loading…"}</p>;
}
