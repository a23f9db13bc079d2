"use client";

import { useQuery } from "@tanstack/react-query";
import { failureOf, queries } from "#components/api/queries.ts";
import page from "#components/ui/page.module.css";
import { Section } from "#components/ui/section.tsx";
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
      <Section id="progress" title="Closing">
        {progress.data ? <HourProgress progress={progress.data} verdict={verdict} /> : <Waiting query={progress} />}
      </Section>
      <Section id="skew" title="Skew">
        {skew.data ? <SkewMatrix skew={skew.data} /> : <Waiting query={skew} />}
      </Section>
      <Section id="deployed" title="Deployments">
        <HourDeployments verdict={verdict} />
      </Section>
    </>
  );
}

function Waiting({ query }: { query: Parameters<typeof failureOf>[0] }) {
  return <p className={page.quiet}>{failureOf(query) ?? "Loading…"}</p>;
}
