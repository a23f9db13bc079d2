"use client";

import { useQuery } from "@tanstack/react-query";
import { queries } from "#components/api/queries.ts";
import page from "#components/ui/page.module.css";
import { PageHeading } from "#components/ui/page-heading.tsx";
import { Section } from "#components/ui/section.tsx";
import { Time } from "#components/ui/time.tsx";
import type { OnCallOverrideJson, OnCallScheduleJson } from "#domain/api/on-call.ts";
import { CalendarActs } from "./calendar-acts.tsx";
import { NotNamed } from "./not-named.tsx";
import styles from "./on-call.module.css";
import { OnCallSentence } from "./on-call-sentence.tsx";
import { OverrideForm } from "./override-form.tsx";
import { OverrideList } from "./override-list.tsx";
import { ScheduleEditor } from "./schedule-editor.tsx";
import { ShiftStrip } from "./shift-strip.tsx";

interface ScheduleViewProps {
  schedule: OnCallScheduleJson;
  overrides: OnCallOverrideJson[];
  asOf: string;
}

/** One schedule: who is on call, what replaces its rotation, its calendar and its settings. */
export function ScheduleView({ schedule: initial, overrides, asOf }: ScheduleViewProps) {
  const status = useQuery({ ...queries.status(), enabled: false });
  const now = status.data?.now ?? asOf;
  const query = useQuery({ ...queries.onCallSchedule(initial.name), initialData: initial });
  const history = useQuery({ ...queries.onCallOverrides(initial.name), initialData: { items: overrides } });
  const schedule = query.data;
  const { name, timeZone, receivers, updatedAt, updatedBy } = schedule;
  return (
    <article className={page.page}>
      <PageHeading query={query}>{name}</PageHeading>
      <p className={styles.who}>
        <OnCallSentence schedule={schedule} asOf={now} />
      </p>
      <p className={receivers.length === 0 ? page.trouble : undefined}>
        {receivers.length === 0 ? (
          <NotNamed />
        ) : (
          `Notified by ${receivers.length === 1 ? "receiver" : "receivers"} ${receivers.join(", ")}.`
        )}
      </p>
      <Section id="shifts" title="Next four weeks">
        <ShiftStrip schedule={schedule} asOf={now} days={28} />
        <p className={page.hint}>
          Handovers are by {timeZone}. An override is underlined; a gap, in which everyone is notified, is hatched.
        </p>
      </Section>
      <Section id="overrides" title="Overrides">
        <OverrideList schedule={name} overrides={history.data.items} asOf={now} />
        <OverrideForm schedule={schedule} asOf={now} />
      </Section>
      <Section id="calendar" title="Calendar">
        <CalendarActs name={name} />
      </Section>
      <Section id="settings" title="People and rotations">
        <p className={page.quiet}>
          Last changed <Time at={updatedAt} relativeTo={now} /> by {updatedBy}.
        </p>
        <ScheduleEditor stored={schedule} />
      </Section>
    </article>
  );
}
