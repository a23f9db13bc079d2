"use client";

import { useQuery } from "@tanstack/react-query";
import Link from "next/link";
import { withBase } from "#components/api/base-path.ts";
import { queries } from "#components/api/queries.ts";
import { CopyList } from "#components/ui/copy-list.tsx";
import page from "#components/ui/page.module.css";
import { PageHeading } from "#components/ui/page-heading.tsx";
import { Section } from "#components/ui/section.tsx";
import { useOrigin } from "#components/ui/use-origin.ts";
import type { RangeReadinessJson } from "#domain/api/ready.ts";
import { AcceptedTable } from "./accepted-table.tsx";
import { DayForm } from "./day-form.tsx";
import { DayHours } from "./day-hours.tsx";
import { type AskedDayText, dayCommands, stepDay } from "./day-words.ts";
import { NotReadyTable } from "./not-ready-table.tsx";
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
        <Link href={href(stepDay(day, -1))} prefetch={false} rel="prev">
          ← {stepDay(day, -1)}
        </Link>
        <span className={page.quiet}>
          {readiness.from} to {readiness.to} UTC, the day in {zone}
        </span>
        <Link href={href(stepDay(day, 1))} prefetch={false} rel="next">
          {stepDay(day, 1)} →
        </Link>
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
