"use client";

import { Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import Link from "next/link";
import type { ListJson } from "#components/api/client.ts";
import { queries } from "#components/api/queries.ts";
import { Notice } from "#components/ui/notice.tsx";
import page from "#components/ui/page.module.css";
import { PageHeading } from "#components/ui/page-heading.tsx";
import { PageLink } from "#components/ui/page-link.tsx";
import { Section } from "#components/ui/section.tsx";
import type { OnCallScheduleJson } from "#domain/api/on-call.ts";
import { NotNamed } from "./not-named.tsx";
import styles from "./on-call.module.css";
import { OnCallSentence } from "./on-call-sentence.tsx";
import { ShiftStrip } from "./shift-strip.tsx";

/** Every schedule: who is on call now, and the two weeks ahead. */
export function OnCallList({ schedules, asOf }: { schedules: ListJson<OnCallScheduleJson>; asOf: string }) {
  const status = useQuery({ ...queries.status(), enabled: false });
  const now = status.data?.now ?? asOf;
  const query = useQuery({ ...queries.onCallSchedules(), initialData: schedules });
  return (
    <article className={page.page}>
      <PageHeading query={query}>On call</PageHeading>
      {query.data.items.length === 0 ? (
        <Notice title="No on-call schedules" level={2}>
          <p>
            Pages go to channels. If people take turns,{" "}
            <Link href="/alerts/new-on-call-schedule">create an on-call schedule</Link>, then name it in a receiver of
            the <Link href="/alerts/channels#routing-tree">routing tree</Link>.
          </p>
        </Notice>
      ) : (
        <>
          <div>
            <Button component={Link} href="/alerts/new-on-call-schedule">
              New schedule
            </Button>
          </div>
          {query.data.items.map((schedule) => (
            <Section
              key={schedule.name}
              id={`schedule-${schedule.name}`}
              title={<PageLink href={`/alerts/on-call/${encodeURIComponent(schedule.name)}`}>{schedule.name}</PageLink>}
            >
              <p className={styles.who}>
                <OnCallSentence schedule={schedule} asOf={now} />
              </p>
              {schedule.receivers.length === 0 && (
                <p className={page.trouble}>
                  <NotNamed />
                </p>
              )}
              <ShiftStrip schedule={schedule} asOf={now} days={14} />
            </Section>
          ))}
        </>
      )}
    </article>
  );
}
