import type { Metadata } from "next";
import Link from "next/link";
import { readStatusNow } from "#app/page-context.ts";
import { ScheduleEditor } from "#components/on-call/schedule-editor.tsx";
import page from "#components/ui/page.module.css";
import { Section } from "#components/ui/section.tsx";

export const metadata: Metadata = { title: "New on-call schedule" };

/** A schedule to fill in. */
export default async function NewSchedulePage() {
  const { now } = await readStatusNow();
  const spec = {
    timeZone: "UTC",
    people: [{ name: "", channels: [] }],
    layers: [{ name: "weeks", people: [], rotation: "weekly", startsOn: now.slice(0, 10) }],
  };
  return (
    <article className={page.page}>
      <h1>New on-call schedule</h1>
      <p>
        People take turns by the week or the day. <Link href="/docs/alerting-routing#on-call">On call</Link> explains
        each field. Once it exists, name it in a receiver of the routing tree, or in a step of its escalation.
      </p>
      <Section id="schedule" title="Schedule">
        <ScheduleEditor stored={{ name: "", spec, etag: null }} />
      </Section>
    </article>
  );
}
