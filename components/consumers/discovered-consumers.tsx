"use client";

import { Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import Link from "next/link";
import { useRef, useState } from "react";
import { useMay } from "#components/access/use-may.ts";
import type { ListJson } from "#components/api/client.ts";
import { failureOf } from "#components/api/queries.ts";
import { consumerLists, webhookQueries, webhooks } from "#components/api/webhooks.ts";
import { DataTable } from "#components/ui/data-table.tsx";
import page from "#components/ui/page.module.css";
import { PageLink } from "#components/ui/page-link.tsx";
import { Refusal } from "#components/ui/refusal.tsx";
import { Time } from "#components/ui/time.tsx";
import { useAct } from "#components/ui/use-act.ts";
import type { DiscoveredConsumerJson } from "#domain/api/lineage.ts";
import { formatCount } from "#domain/figures.ts";
import { AdoptForm } from "./adopt-form.tsx";
import { type DiscoveredJob, jobsOf, typesText } from "./discovered-words.ts";
import { startWith } from "./start-with.ts";

/** As many are drawn: a scheduler may name a job for each run. */
const drawnAtOnce = 100;

interface DiscoveredConsumersProps {
  initial: ListJson<DiscoveredConsumerJson>;
  asOf: string;
}

/** Jobs that read event types by OpenLineage's events, and that no one registered: to adopt or dismiss. */
export function DiscoveredConsumers({ initial, asOf }: DiscoveredConsumersProps) {
  const may = useMay("write");
  const [showsDismissed, showDismissed] = useState(false);
  const [adopted, adopt] = useState<DiscoveredJob | null>(null);
  // The row that had the focus is gone after an act.
  const heading = useRef<HTMLHeadingElement>(null);
  const suggested = useQuery({ ...webhookQueries.discovered(false), ...startWith(initial) });
  const dismissed = useQuery({ ...webhookQueries.discovered(true), enabled: showsDismissed });
  const query = showsDismissed ? dismissed : suggested;
  const jobs = jobsOf(query.data?.items ?? []);
  const failure = failureOf(query);
  const dismissAll = forAllTypes(webhooks.dismiss);
  const restoreAll = forAllTypes(webhooks.restore);
  const after = { done: () => heading.current?.focus(), rereads: consumerLists };
  const dismiss = useAct(dismissAll, {
    ...after,
    says: (_, { consumer }) => `${consumer} dismissed.`,
    undo: (_, job) => restoreAll(job),
  });
  const restore = useAct(restoreAll, { ...after, says: (_, { consumer }) => `${consumer} is suggested again.` });
  const isPending = dismiss.isPending || restore.isPending;
  return (
    <section className={page.card} aria-labelledby="discovered">
      <h2 id="discovered" tabIndex={-1} ref={heading}>
        {showsDismissed ? "Dismissed jobs" : "Discovered consumers"}
      </h2>
      {failure && <p className={page.quiet}>Couldn’t load the jobs. {failure}</p>}
      {query.isPending ? (
        <p className={page.quiet}>Loading the jobs…</p>
      ) : (
        <>
          <p>
            {jobs.length > 0
              ? showsDismissed
                ? "These jobs read event types, and someone said that they are no consumers."
                : "OpenLineage events say that these jobs read event types. Adopt each that depends on its hours."
              : showsDismissed
                ? "No job is dismissed."
                : "No unregistered job is known to read an event type. Jobs are discovered by the OpenLineage events that they send to POST /api/v1/lineage."}{" "}
            <Link href="/docs/operating#openlineage">How to send them</Link>
          </p>
          {jobs.length > 0 && (
            <DataTable
              label={showsDismissed ? "Dismissed jobs" : "Discovered consumers"}
              rows={jobs.slice(0, drawnAtOnce)}
              rowKey={keyOf}
              detail={(job) =>
                adopted !== null &&
                keyOf(adopted) === keyOf(job) && (
                  <AdoptForm
                    job={adopted}
                    onClose={() => {
                      adopt(null);
                      heading.current?.focus();
                    }}
                  />
                )
              }
              columns={[
                {
                  head: "Job",
                  cell: ({ consumer, jobNamespace, jobName }) => (
                    <>
                      {consumer}
                      <br />
                      <span className={page.quiet}>
                        {jobName} in {jobNamespace}
                      </span>
                    </>
                  ),
                },
                { head: "Reads", cell: ({ eventTypes }) => <TypeLinks eventTypes={eventTypes} /> },
                { head: "Last seen", word: true, cell: ({ lastSeenAt }) => <Time at={lastSeenAt} relativeTo={asOf} /> },
                showsDismissed && {
                  head: "Dismissed",
                  cell: ({ dismissedAt, dismissedBy }) =>
                    dismissedAt && (
                      <>
                        <Time at={dismissedAt} relativeTo={asOf} /> by {dismissedBy}
                      </>
                    ),
                },
                may === true && {
                  head: "Action",
                  label: null,
                  cell: (job) => (
                    <div className={page.row}>
                      {showsDismissed ? (
                        <Button
                          aria-label={`Suggest again: ${job.consumer}`}
                          disabled={isPending}
                          onClick={() => restore.mutate(job)}
                        >
                          Suggest again
                        </Button>
                      ) : (
                        <>
                          <Button
                            aria-label={`Adopt ${job.consumer}, which reads ${typesText(job.eventTypes)}`}
                            aria-expanded={adopted !== null && keyOf(adopted) === keyOf(job)}
                            onClick={() => adopt(job)}
                          >
                            Adopt
                          </Button>
                          <Button
                            aria-label={`Dismiss ${job.consumer}`}
                            disabled={isPending}
                            onClick={() => dismiss.mutate(job)}
                          >
                            Dismiss
                          </Button>
                        </>
                      )}
                    </div>
                  ),
                },
              ]}
            />
          )}
          {jobs.length > drawnAtOnce && (
            <p className={page.quiet}>
              The {formatCount(drawnAtOnce)} seen last of {formatCount(jobs.length)} jobs.
            </p>
          )}
        </>
      )}
      <Refusal error={dismiss.error ?? restore.error} />
      <div className={page.row}>
        <Button
          size="compact-sm"
          mt={8}
          onClick={() => {
            adopt(null);
            showDismissed(!showsDismissed);
          }}
        >
          {showsDismissed ? "Show discovered consumers" : "Show dismissed jobs"}
        </Button>
      </div>
    </section>
  );
}

const forAllTypes =
  (act: typeof webhooks.dismiss) =>
  async ({ consumer, eventTypes }: DiscoveredJob) => {
    for (const eventType of eventTypes) await act(eventType, consumer);
  };

function keyOf({ consumer, jobNamespace, jobName }: DiscoveredJob): string {
  return JSON.stringify([consumer, jobNamespace, jobName]);
}

const linkedAtOnce = 3;

function TypeLinks({ eventTypes }: { eventTypes: readonly string[] }) {
  const rest = eventTypes.length - linkedAtOnce;
  return (
    <>
      {eventTypes.slice(0, linkedAtOnce).map((eventType, at) => (
        <span key={eventType}>
          {at > 0 && ", "}
          <PageLink href={`/event-types/${encodeURIComponent(eventType)}`}>{eventType}</PageLink>
        </span>
      ))}
      {rest > 0 && ` and ${formatCount(rest)} more`}
    </>
  );
}
