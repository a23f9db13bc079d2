import type { Metadata } from "next";
import { pageContext, readStatusNow } from "#app/page-context.ts";
import { OnCallList } from "#components/on-call/on-call-list.tsx";
import { listSchedules } from "#server/on-call/index.ts";

export const metadata: Metadata = { title: "On call" };

export default async function OnCallPage() {
  const ctx = await pageContext();
  const [status, schedules] = await Promise.all([
    readStatusNow(),
    listSchedules({ ctx, input: { after: null, limit: 500 } }),
  ]);
  return <OnCallList schedules={{ items: schedules.items, nextCursor: null }} asOf={status.now} />;
}
