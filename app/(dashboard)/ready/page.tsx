import type { Metadata } from "next";
import type { SearchedPage } from "#app/named-page.ts";
import { pageContext } from "#app/page-context.ts";
import { WholeOrSkeleton } from "#app/whole-or-skeleton.tsx";
import { AskDay } from "#components/ready/ask-day.tsx";
import { DayReadiness } from "#components/ready/day-readiness.tsx";
import { addDays, canonicalZone, dayAt } from "#domain/calendar-day.ts";
import { Invalid } from "#server/errors.ts";
import { readRangeReadiness } from "#server/verdicts/index.ts";

export async function generateMetadata({ searchParams }: SearchedPage): Promise<Metadata> {
  const { day } = await searchParams;
  return { title: typeof day === "string" ? `Is ${day} ready?` : "Is a day ready?" };
}

export default async function ReadyPage({ searchParams }: SearchedPage) {
  const asked = await searchParams;
  const { clock } = await pageContext();
  const zone = textOf(asked.zone) ?? "UTC";
  // Default: yesterday, the last day that a daily job waits for.
  const day = textOf(asked.day) ?? addDays(dayAt(clock.now(), canonicalZone(zone) ?? "UTC"), -1);
  const eventTypes = textOf(asked.eventTypes) ?? "";
  if (eventTypes === "") return <AskDay asked={{ eventTypes, day, zone }} heading="Is a day ready?" refusal={null} />;
  return (
    <WholeOrSkeleton
      content={readinessNow({ eventTypes, day, zone })}
      label="Loading the hours of the day"
      parts={[28, 56, 32, 240, 320]}
    />
  );
}

async function readinessNow(asked: { eventTypes: string; day: string; zone: string }) {
  try {
    const readiness = await readRangeReadiness({ ctx: await pageContext(), input: asked });
    return <DayReadiness key={`${asked.eventTypes} ${asked.day} ${asked.zone}`} asked={asked} initial={readiness} />;
  } catch (error) {
    if (!(error instanceof Invalid)) throw error;
    return <AskDay asked={asked} heading={`Is ${asked.day} ready?`} refusal={error.message} />;
  }
}

function textOf(value: string | string[] | undefined): string | null {
  const text = Array.isArray(value) ? value.join(",") : value;
  return text === undefined || text === "" ? null : text;
}
