"use client";

import { useQuery } from "@tanstack/react-query";
import { withBase } from "#components/api/base-path.ts";
import { queries } from "#components/api/queries.ts";
import { CopyList } from "#components/ui/copy-list.tsx";
import { type Column, DataTable } from "#components/ui/data-table.tsx";
import { HourLink } from "#components/ui/hour-link.tsx";
import page from "#components/ui/page.module.css";
import { PageHeading } from "#components/ui/page-heading.tsx";
import { PageLink } from "#components/ui/page-link.tsx";
import { Section } from "#components/ui/section.tsx";
import { StateWord } from "#components/ui/state-word.tsx";
import { Time } from "#components/ui/time.tsx";
import { useOrigin } from "#components/ui/use-origin.ts";
import type { RangeReadinessJson } from "#domain/api/ready.ts";
import type { VerdictState } from "#domain/verdict.ts";
import { DayForm } from "./day-form.tsx";
import { DayHours } from "./day-hours.tsx";
import { type AskedDayText, dayCommands, stepDay } from "./day-words.ts";
import styles from "./ready.module.css";

interface DayReadinessProps {
  asked: AskedDayText;
  initial: RangeReadinessJson;
}

/** Whether a day can be read: every hour of its types, what is missing and when it is expected, and how a job waits for it. */
export function DayReadiness({ asked, initial }: DayReadinessProps) {
  const query = useQuery({ ...queries.readiness(asked), initialData: initial });
  const origin = useOrigin();
  const readiness = query.data;
  const { day, zone } = asked;
  const href = (to: string) => `/ready?${new URLSearchParams({ ...asked, day: to })}`;
  return (
    <article className={page.page}>
      <PageHeading query={query}>Is {day} ready?</PageHeading>
      <p className={styles.sentence} data-ready={readiness.ready || undefined}>
        {readiness.sentence}
      </p>
      <nav className={page.row} aria-label="Days">
        <PageLink href={href(stepDay(day, -1))} rel="prev">
          ← {stepDay(day, -1)}
        </PageLink>
        <span className={page.quiet}>
          {readiness.from} to {readiness.to} UTC, the day in {zone}
        </span>
        <PageLink href={href(stepDay(day, 1))} rel="next">
          {stepDay(day, 1)} →
        </PageLink>
      </nav>
      <DayHours readiness={readiness} zone={zone} />
      {readiness.notReady.length > 0 && <NotReadyTable readiness={readiness} />}
      {readiness.accepted.length > 0 && <AcceptedTable readiness={readiness} />}
      <Section id="ask" title="Another day or other types">
        <DayForm asked={asked} />
      </Section>
      <Section id="use" title="Use this day">
        <CopyList items={dayCommands(origin, asked)} />
        <p>
          <a href={withBase("/docs/consumers")}>Recipes for daily jobs, and webhooks for whole days</a>
        </p>
      </Section>
    </article>
  );
}

interface NamedHour {
  eventType: string;
  hour: string;
  state: VerdictState;
}

/** The columns that name an hour of one of several types: its page, its type and its state. */
const hourColumns: readonly Column<NamedHour>[] = [
  {
    head: "Hour",
    word: true,
    cell: ({ eventType, hour }) => <HourLink eventType={eventType} hour={hour} />,
  },
  { head: "Event type", label: null, word: true, cell: ({ eventType }) => eventType },
  { head: "State", label: null, word: true, cell: ({ state }) => <StateWord state={state} /> },
];

const hourKey = ({ eventType, hour }: NamedHour) => `${eventType} ${hour}`;

/** The hours that are ready only because their owner accepted them: who, when and why. */
function AcceptedTable({ readiness: { accepted, acceptedHours, asOf } }: { readiness: RangeReadinessJson }) {
  return (
    <section aria-labelledby="accepted">
      <h2 id="accepted">Accepted hours</h2>
      <DataTable
        label="Accepted hours"
        rows={accepted}
        rowKey={hourKey}
        columns={[
          ...hourColumns,
          { head: "Accepted by", word: true, cell: ({ by }) => by },
          { head: "Time", label: null, word: true, cell: ({ at }) => <Time at={at} relativeTo={asOf} /> },
          { head: "Reason", label: null, cell: ({ reason }) => reason },
        ]}
      />
      {acceptedHours > accepted.length && (
        <p className={page.quiet}>{acceptedHours - accepted.length} more accepted hours.</p>
      )}
    </section>
  );
}

/** The hours that the day waits for: the reasons, and when they are expected. */
function NotReadyTable({ readiness: { notReady, more, asOf } }: { readiness: RangeReadinessJson }) {
  return (
    <section aria-labelledby="missing">
      <h2 id="missing">Hours that are not ready</h2>
      <DataTable
        label="Hours that are not ready"
        rows={notReady}
        rowKey={hourKey}
        columns={[
          ...hourColumns,
          {
            head: "Expected by (p90)",
            label: "expected by",
            word: true,
            cell: ({ forecast }) => (forecast ? <Time at={forecast.closesAt.p90} relativeTo={asOf} /> : "–"),
          },
          { head: "Reason", label: null, cell: ({ reasons }) => reasons.map(({ message }) => message).join(" ") },
        ]}
      />
      {more > 0 && <p className={page.quiet}>{more} more hours not ready.</p>}
    </section>
  );
}
