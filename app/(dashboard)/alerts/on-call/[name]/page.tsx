import { decodeSegment, type NamedPage, orNotFound, titledBy } from "#app/named-page.ts";
import { pageContext, readStatusNow } from "#app/page-context.ts";
import { ScheduleView } from "#components/on-call/schedule-view.tsx";
import { listOverrides, readSchedule } from "#server/on-call/index.ts";

export const generateMetadata = titledBy((name) => `On call: ${name}`);

export default async function SchedulePage({ params }: NamedPage) {
  const name = decodeSegment((await params).name);
  const ctx = await pageContext();
  const [status, schedule] = await Promise.all([readStatusNow(), orNotFound(readSchedule({ ctx, input: { name } }))]);
  const overrides = await listOverrides({ ctx, input: { name } });
  return <ScheduleView schedule={schedule} overrides={overrides} asOf={status.now} />;
}
