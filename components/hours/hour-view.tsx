"use client";

import { useQuery } from "@tanstack/react-query";
import { withBase } from "#components/api/base-path.ts";
import { failureOf, queries } from "#components/api/queries.ts";
import { HourConsumers } from "#components/consumers/hour-consumers.tsx";
import { newCorrectionHref } from "#components/corrections/correction-words.ts";
import { CorrectionsHere } from "#components/corrections/corrections-here.tsx";
import { Why } from "#components/explain/why.tsx";
import { AsOf } from "#components/ui/as-of.tsx";
import { CopyList } from "#components/ui/copy-list.tsx";
import { Fact } from "#components/ui/fact.tsx";
import { formatCount, formatShare } from "#components/ui/number-format.ts";
import page from "#components/ui/page.module.css";
import { Section } from "#components/ui/section.tsx";
import { StateGlyph } from "#components/ui/state-glyph.tsx";
import { useOrigin } from "#components/ui/use-origin.ts";
import type { ExplanationJson } from "#domain/api/explanation.ts";
import type { RevisionJson, VerdictJson, VerdictSummaryJson } from "#domain/api/verdict.ts";
import { addHours, formatHour, parseHour } from "#domain/hour.ts";
import { DatacenterTable } from "./datacenter-table.tsx";
import { gateCommands } from "./gate-commands.ts";
import { HourDeployments } from "./hour-deployments.tsx";
import { HourHeading } from "./hour-heading.tsx";
import { HourProgress } from "./hour-progress.tsx";
import styles from "./hour-view.module.css";
import { MissingReporters } from "./missing-reporters.tsx";
import { PromiseLine } from "./promise-line.tsx";
import { Revisions } from "./revisions.tsx";
import { SkewMatrix } from "./skew-matrix.tsx";
import { verdictSentence } from "./verdict-sentence.ts";

interface HourViewProps {
  initialVerdict: VerdictJson;
  initialRevisions: RevisionJson[];
  initialExplanation: ExplanationJson;
  origin: string;
}

/** One hour of one type with all of its verdict's evidence. */
export function HourView({ initialVerdict, initialRevisions, initialExplanation, origin }: HourViewProps) {
  const { eventType, hour } = initialVerdict;
  const query = useQuery({ ...queries.verdict(eventType, hour), initialData: initialVerdict });
  const verdict = query.data;
  const revisions = useQuery({
    ...queries.revisions(eventType, hour),
    initialData: { items: initialRevisions, nextCursor: null },
  });
  return (
    <article className={`${page.page} ${styles.hour}`}>
      <HourHeading eventType={eventType} hour={hour}>
        <AsOf updatedAtMs={query.dataUpdatedAt} failure={failureOf(query)} />
      </HourHeading>
      <p className={page.sentence} data-state={verdict.state}>
        <StateGlyph state={verdict.state} />
        <span>{verdictSentence(verdict)}</span>
      </p>
      <PromiseLine verdict={verdict} />
      <HourFigures verdict={verdict} />
      <Why verdict={verdict} initial={initialExplanation} />
      <HourCorrections verdict={verdict} />
      <Section id="datacenters" title="Datacenters">
        <DatacenterTable verdict={verdict} />
      </Section>
      <MissingReporters verdict={verdict} />
      <HourConsumers eventType={eventType} hour={hour} asOf={verdict.asOf} />
      <HourCourse verdict={verdict} />
      <Section id="use" title="Use this hour">
        <UseThisHour origin={origin} eventType={eventType} hour={hour} />
      </Section>
      <Section id="revisions" title="Revisions">
        <Revisions revisions={revisions.data.items} asOf={verdict.asOf} />
      </Section>
    </article>
  );
}

function HourCorrections({ verdict }: { verdict: VerdictJson }) {
  const { eventType, hour, state, asOf } = verdict;
  const start = parseHour(hour);
  const to = start ? formatHour(addHours(start, 1)) : "";
  const scope = { eventType, from: hour, to };
  const canAccept = state !== "open" && state !== "complete" && verdict.accepted === null;
  const acts = [
    ...(canAccept ? [{ name: "Accept this hour…", href: newCorrectionHref({ action: "accept-hour", ...scope }) }] : []),
    { name: "Discard counts…", href: newCorrectionHref({ action: "discard-counts", ...scope }) },
  ];
  return <CorrectionsHere filters={{ eventType, hour }} accepted={verdict.accepted} acts={acts} asOf={asOf} />;
}

/** The sums over the datacenters. */
function HourFigures({ verdict }: { verdict: VerdictSummaryJson }) {
  const figures = [
    ["Produced", formatCount(verdict.produced)],
    ["Delivered", formatCount(verdict.delivered)],
    [verdict.closedAt === null ? "Not delivered yet" : "Lost", formatCount(verdict.lost)],
    ["Duplicated", formatCount(verdict.duplicated)],
    ["Skewed into other hours", formatCount(verdict.skewed)],
    ["Completeness", verdict.completeness === null ? "unknown" : formatShare(verdict.completeness)],
  ] as const;
  return (
    <dl className={page.facts}>
      {figures.map(([name, figure]) => (
        <Fact key={name} name={name}>
          {figure}
        </Fact>
      ))}
    </dl>
  );
}

/** How a job waits for this hour. `origin` is from the server's request; the browser replaces it with its own. */
function UseThisHour({ origin, eventType, hour }: { origin: string; eventType: string; hour: string }) {
  const here = useOrigin(origin);
  return (
    <>
      <CopyList items={gateCommands(here, eventType, hour)} />
      <p>
        Luigi, Dagster, dbt, cron, and notifications of amendments:{" "}
        <a href={withBase("/docs/consumers")}>waiting for hours</a>.
      </p>
    </>
  );
}

/** The hour's course: its closings against the usual, where its events landed, deployments around it. */
function HourCourse({ verdict }: { verdict: VerdictJson }) {
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
