import { headers } from "next/headers";
import Link from "next/link";
import { pageContext } from "#app/page-context.ts";
import { WholeOrSkeleton } from "#app/whole-or-skeleton.tsx";
import { HourHeading } from "#components/hours/hour-heading.tsx";
import { HourView } from "#components/hours/hour-view.tsx";
import { Notice } from "#components/ui/notice.tsx";
import page from "#components/ui/page.module.css";
import { NotFound } from "#server/errors.ts";
import { readExplanation } from "#server/explain/index.ts";
import { readCitedVerdict } from "#server/sources/index.ts";
import { listRevisions } from "#server/verdicts/index.ts";
import { readKnownType } from "../../read-known-type.ts";

interface Props {
  params: Promise<{ name: string; hour: string }>;
}

export default function HourPage({ params }: Props) {
  return <WholeOrSkeleton content={hourNow(params)} label="Loading the hour" parts={[28, 56, 64, 44, 240, 200]} />;
}

async function hourNow(params: Props["params"]) {
  const { name, hour } = await params;
  const { name: eventType } = await readKnownType(name);
  const read = await readHour(eventType, hour);
  if ("why" in read) return <NoVerdict eventType={eventType} hour={hour} why={read.why} />;
  // A placeholder origin: the browser replaces it with its own.
  const origin = `http://${(await headers()).get("host") ?? "127.0.0.1:3000"}`;
  return (
    <HourView
      initialVerdict={read.verdict}
      initialRevisions={read.revisions}
      initialExplanation={read.explanation}
      origin={origin}
    />
  );
}

async function readHour(eventType: string, hour: string) {
  try {
    const ctx = await pageContext();
    const [verdict, revisions, explanation] = await Promise.all([
      readCitedVerdict({ ctx, input: { eventType, hour } }),
      listRevisions({ ctx, input: { eventType, hour, limit: 500, after: null } }),
      readExplanation({ ctx, input: { eventType, hour } }),
    ]);
    return { verdict, revisions: revisions.items, explanation };
  } catch (error) {
    // Outside the type's active range, or not claimed: the message says which, and what to do.
    if (error instanceof NotFound) return { why: error.message };
    throw error;
  }
}

function NoVerdict({ eventType, hour, why }: { eventType: string; hour: string; why: string }) {
  return (
    <article className={page.page}>
      <HourHeading eventType={eventType} hour={hour} />
      <Notice title="This hour has no verdict" level={2}>
        <p>{why}</p>
        <p>
          <Link href={`/event-types/${encodeURIComponent(eventType)}`}>The hours of {eventType}</Link>
        </p>
      </Notice>
    </article>
  );
}
