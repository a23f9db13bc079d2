"use client";

import { useQuery } from "@tanstack/react-query";
import Link from "next/link";
import { failureOf, queries } from "#components/api/queries.ts";
import { DeleteDiscovered } from "#components/catalogue/delete-discovered.tsx";
import { newCorrectionHref } from "#components/corrections/correction-words.ts";
import { CorrectionsHere } from "#components/corrections/corrections-here.tsx";
import { DeploymentLine } from "#components/deployments/deployment-line.tsx";
import { RunningNow } from "#components/deployments/running-now.tsx";
import { standingOf } from "#components/frame/datacenter-standing.ts";
import { Fact } from "#components/ui/fact.tsx";
import page from "#components/ui/page.module.css";
import { PageHeading } from "#components/ui/page-heading.tsx";
import { Section } from "#components/ui/section.tsx";
import { StateGlyph } from "#components/ui/state-glyph.tsx";
import type { BoardIncidentJson } from "#domain/api/board.ts";
import type { DatacenterJson } from "#domain/api/catalogue.ts";
import type { LanesJson, LatenessJson } from "#domain/api/lateness.ts";
import type { VerdictState } from "#domain/verdict.ts";
import { DatacenterIncidents } from "./datacenter-incidents.tsx";
import { datacenterSentence, isSilent, latenessWords, lossWords } from "./datacenter-sentence.ts";
import { LagHistory } from "./lag-history.tsx";
import { LaneTable } from "./lane-table.tsx";
import { RunningVersions } from "./running-versions.tsx";

interface DatacenterViewProps {
  initialDatacenter: DatacenterJson;
  initialLanes: LanesJson;
  /** Every open incident. */
  initialIncidents: readonly BoardIncidentJson[];
  showAllTypes: boolean;
}

/**
 * One datacenter: whether it reports, what runs there since when, the state of its types, and its share of late hours.
 */
export function DatacenterView({
  initialDatacenter,
  initialLanes,
  initialIncidents,
  showAllTypes,
}: DatacenterViewProps) {
  const { name } = initialDatacenter;
  const query = useQuery({ ...queries.datacenter(name), initialData: initialDatacenter });
  const lanes = useQuery({ ...queries.lanes(name), initialData: initialLanes });
  const lateness = useQuery(queries.lateness());
  // The frame keeps it up to date.
  const board = useQuery({ ...queries.boardSummary(), enabled: false });
  const incidents = (board.data?.incidents ?? initialIncidents).filter(({ datacenters }) => datacenters.includes(name));
  const datacenter = query.data;
  const asOf = lanes.data.asOf;
  return (
    <article className={page.page}>
      <PageHeading query={query} beside={lanes}>
        {name} {datacenter.displayName && <span className={page.quiet}>{datacenter.displayName}</span>}
      </PageHeading>
      <p className={page.sentence}>
        <StateGlyph state={stateOf(datacenter, lanes.data, incidents)} />
        <span>{datacenterSentence(datacenter, lanes.data)}</span>
      </p>
      <p>
        <Link href={`/?q=${encodeURIComponent(`dc:${name}`)}`}>Event types held up by {name}, on the board</Link>
      </p>
      <DatacenterIncidents incidents={incidents} asOf={asOf} />
      <LagHistory name={name} incidents={incidents} />
      <Section id="part" title="Share of late and lost">
        {lateness.data ? (
          <PartInLateness name={name} lateness={lateness.data} />
        ) : (
          <p className={page.quiet}>{failureOf(lateness) ?? "Loading the last week…"}</p>
        )}
      </Section>
      <RunningNow initial={null} datacenter={name} />
      <Section id="runs" title="Components">
        <RunningVersions datacenter={datacenter} nowAt={asOf} />
      </Section>
      <RecentDeployments name={name} asOf={asOf} />
      <CorrectionsHere
        filters={{ datacenter: name }}
        acts={[{ name: "Reset watermark…", href: newCorrectionHref({ action: "reset-watermark", datacenter: name }) }]}
        asOf={asOf}
      />
      <Section id="types" title="Types">
        <LaneTable lanes={lanes.data} showAll={showAllTypes} />
      </Section>
      {datacenter.status === "discovered" && <DeleteDiscovered kind="datacenters" name={name} />}
    </article>
  );
}

function PartInLateness({ name, lateness }: { name: string; lateness: LatenessJson }) {
  const counts = lateness.datacenters.find((each) => each.name === name);
  if (!counts) return <p className={page.quiet}>No data for the last week.</p>;
  const { lastDay, lastWeek } = counts;
  const facts = [
    ["Last 24 hours", latenessWords(lastDay, lateness.lateHours.lastDay)],
    ["Last 7 days", latenessWords(lastWeek, lateness.lateHours.lastWeek)],
    ["Lost in 24 hours", lossWords(lastDay)],
    ["Lost in 7 days", lossWords(lastWeek)],
  ] as const;
  return (
    <dl className={page.facts}>
      {facts.map(([name, words]) => (
        <Fact key={name} name={name}>
          {words}
        </Fact>
      ))}
    </dl>
  );
}

function RecentDeployments({ name, asOf }: { name: string; asOf: string }) {
  const query = useQuery(queries.deployments(new URLSearchParams({ datacenter: name, limit: "5" }).toString()));
  const items = query.data?.items ?? [];
  return (
    <Section id="deployed" title="Recent deployments">
      {items.length === 0 ? (
        <p className={page.quiet}>{failureOf(query) ?? (query.data ? "No deployments reported." : "Loading…")}</p>
      ) : (
        <ul>
          {items.map((deployment) => (
            <li key={deployment.id}>
              <DeploymentLine deployment={deployment} asOf={asOf} />
            </li>
          ))}
        </ul>
      )}
      <p>
        <Link href={`/deployments?datacenter=${encodeURIComponent(name)}`}>All deployments and their effects</Link>
      </p>
    </Section>
  );
}

function stateOf(
  { lastSeenAt }: DatacenterJson,
  { items, asOf }: LanesJson,
  incidents: readonly BoardIncidentJson[],
): VerdictState {
  const lateTypes = items.filter(({ lateHours }) => lateHours > 0).length;
  const standing = { silent: isSilent(lastSeenAt, asOf), lateTypes, lagSeconds: 0 };
  const state = standingOf(standing, { incidents, blind: false });
  if (state !== "complete") return state;
  return items.some(({ openHours }) => openHours > 0) ? "closing" : "complete";
}
