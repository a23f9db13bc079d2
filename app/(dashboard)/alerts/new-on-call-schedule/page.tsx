import type { Metadata } from "next";
import { readStatusNow } from "#app/page-context.ts";
import { NewSchedule } from "#components/on-call/new-schedule.tsx";

export const metadata: Metadata = { title: "New on-call schedule" };

export default async function NewSchedulePage() {
  const { now } = await readStatusNow();
  return <NewSchedule startsOn={now.slice(0, 10)} />;
}
