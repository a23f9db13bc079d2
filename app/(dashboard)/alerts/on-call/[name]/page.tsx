import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { decodeSegment } from "#app/decode-segment.ts";
import { pageContext, readStatusNow } from "#app/page-context.ts";
import { ScheduleView } from "#components/on-call/schedule-view.tsx";
import { NotFound } from "#server/errors.ts";
import { listOverrides, readSchedule } from "#server/on-call/index.ts";

interface Props {
  params: Promise<{ name: string }>;
}

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: `On call: ${decodeSegment((await params).name)}` };
}

export default async function SchedulePage({ params }: Props) {
  const name = decodeSegment((await params).name);
  const ctx = await pageContext();
  const [status, schedule] = await Promise.all([
    readStatusNow(),
    readSchedule({ ctx, input: { name } }).catch((error: unknown) => {
      if (error instanceof NotFound) return null;
      throw error;
    }),
  ]);
  if (schedule === null) notFound();
  const overrides = await listOverrides({ ctx, input: { name } });
  return <ScheduleView schedule={schedule} overrides={overrides} asOf={status.now} />;
}
