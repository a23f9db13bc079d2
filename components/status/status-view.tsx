"use client";

import { useQuery } from "@tanstack/react-query";
import { withBase } from "#components/api/base-path.ts";
import { queries } from "#components/api/queries.ts";
import { formatDuration } from "#components/ui/duration.ts";
import { formatCount } from "#components/ui/number-format.ts";
import page from "#components/ui/page.module.css";
import { PageHeading } from "#components/ui/page-heading.tsx";
import { Time } from "#components/ui/time.tsx";
import type { StatusJson } from "#domain/api/board.ts";
import type { DatacenterJson } from "#domain/api/catalogue.ts";
import type { StatusHistoryJson } from "#domain/api/status-history.ts";
import { DatacenterComponents } from "./datacenter-components.tsx";
import { DutyHistory } from "./duty-history.tsx";
import styles from "./status.module.css";

interface StatusViewProps {
  initial: StatusJson;
  datacenters: DatacenterJson[];
  history: StatusHistoryJson;
}

/** Tidemark's own health, and what reports to it. */
export function StatusView({ initial, datacenters, history }: StatusViewProps) {
  const query = useQuery({ ...queries.status(), initialData: initial });
  const sites = useQuery({ ...queries.datacenters(), initialData: { items: datacenters, nextCursor: null } });
  const past = useQuery({ ...queries.statusHistory(), initialData: history });
  const status = query.data;
  const { clock, ingest, dirtyHours, lastIngestAt, telemetryAgeSeconds, rejudging, behind } = status;
  return (
    <article className={page.page}>
      <PageHeading query={query}>Status</PageHeading>
      <dl className={`${page.card} ${styles.facts}`}>
        <dt>Last message</dt>
        <dd>
          {lastIngestAt && telemetryAgeSeconds !== null ? (
            <>
              {formatDuration(telemetryAgeSeconds)} ago, <Time at={lastIngestAt} relativeTo={status.now} />
            </>
          ) : (
            <>
              none yet. Send a report to <code>POST /api/v1/events</code> (see the{" "}
              <a href={withBase("/api/docs")}>API</a>)
            </>
          )}
        </dd>
        <dt>Hours waiting for a verdict</dt>
        <dd>
          {dirtyHours === 0
            ? "none: every committed report is judged"
            : `${formatCount(dirtyHours)} ${dirtyHours === 1 ? "hour" : "hours"}`}
        </dd>
        {rejudging && (
          <>
            <dt>Re-judging</dt>
            <dd>{rejudgingText(rejudging)}</dd>
          </>
        )}
        <dt>Behind</dt>
        <dd>
          {behind.length === 0 ? (
            "nothing: judging, alerting, delivery, forecasts and maintenance are up to date"
          ) : (
            <ul className={page.list}>
              {behind.map(({ what, message }) => (
                <li key={what}>{message}</li>
              ))}
            </ul>
          )}
        </dd>
        <dt>Messages</dt>
        <dd>
          {formatCount(ingest.messages)} accepted,{" "}
          <a href={withBase("/rejected-messages")}>{formatCount(ingest.rejected)} rejected</a>
          {ingest.unstored > 0 && ` (${formatCount(ingest.unstored)} of them not kept: too many arrived at once)`},{" "}
          {ingest.pubsub ? "from the intakes and over HTTP" : "over HTTP only: neither Pub/Sub nor Kafka is configured"}
        </dd>
        {ingest.intakes.length > 0 && (
          <>
            <dt>Intakes</dt>
            <dd>
              <ul className={page.list}>
                {ingest.intakes.map(({ name, standingSince, reason }) => (
                  <li key={name}>
                    {name}:{" "}
                    {standingSince === null ? (
                      "receiving"
                    ) : (
                      <>
                        not heard since <Time at={standingSince} />
                        {reason !== null && ` (${reason})`}
                      </>
                    )}
                  </li>
                ))}
              </ul>
            </dd>
          </>
        )}
        {status.metricExport && (
          <>
            <dt>Cloud Monitoring</dt>
            <dd>{metricExportText(status.metricExport)}</dd>
          </>
        )}
        <dt>Clock</dt>
        <dd>
          <Time at={status.now} />
          {clock.drill && ", simulated (drill)"}
          {clock.drill && clock.speed !== 1 && `, ${formatCount(clock.speed)} times real time`}
        </dd>
        <dt>Version</dt>
        <dd>{status.version}</dd>
      </dl>
      <h2>Last 30 days</h2>
      <DutyHistory history={past.data} />
      <h2>Datacenters</h2>
      <DatacenterComponents datacenters={sites.data.items} nowAt={status.now} />
    </article>
  );
}

/** "1,204,000 of 4,800,000 hours, about 6 min left". */
export function rejudgingText({ hours, doneHours, secondsLeft }: NonNullable<StatusJson["rejudging"]>): string {
  const progress = `${formatCount(doneHours)} of ${formatCount(hours)} hours`;
  return secondsLeft === null ? `${progress}, just started` : `${progress}, about ${formatDuration(secondsLeft)} left`;
}

/** "1,600 series written 12 s ago to project my-project, 40 event types left out". */
export function metricExportText(state: NonNullable<StatusJson["metricExport"]>): string {
  const { project, lastWriteAgeSeconds, series, eventTypesLeftOut, error } = state;
  const age =
    lastWriteAgeSeconds === null ? "nothing written yet" : `written ${formatDuration(lastWriteAgeSeconds)} ago`;
  if (error !== null) return `project ${project}, ${age}. ${error}`;
  const rest = eventTypesLeftOut === 0 ? "" : `, ${formatCount(eventTypesLeftOut)} event types left out`;
  return lastWriteAgeSeconds === null
    ? `project ${project}, ${age}`
    : `${formatCount(series)} series ${age} to project ${project}${rest}`;
}
