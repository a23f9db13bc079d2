import type { NamedPage, SearchedPage } from "#app/named-page.ts";
import { pageContext } from "#app/page-context.ts";
import { WholeOrSkeleton } from "#app/whole-or-skeleton.tsx";
import { ClaimThisType } from "#components/catalogue/claim-this-type.tsx";
import { resolveHourRange } from "#components/hours/hour-range.ts";
import { TypeHours } from "#components/hours/type-hours.tsx";
import { listVerdicts } from "#server/verdicts/index.ts";
import { readKnownType } from "./read-known-type.ts";

type Props = NamedPage & SearchedPage;

export default function EventTypePage(props: Props) {
  return <WholeOrSkeleton content={eventTypeNow(props)} label="Loading the hours" />;
}

async function eventTypeNow({ params, searchParams }: Props) {
  const eventType = await readKnownType((await params).name);
  const ctx = await pageContext();
  const now = ctx.clock.now();
  if (eventType.status === "discovered") return <ClaimThisType eventType={eventType} asOf={now.toISOString()} />;
  const { from, to } = await searchParams;
  const asked = { ...(typeof from === "string" ? { from } : {}), ...(typeof to === "string" ? { to } : {}) };
  const range = resolveHourRange(asked, now);
  const { items } = await listVerdicts({
    ctx,
    input: { eventType: eventType.name, from: range.from, to: range.to, limit: 500, after: null },
  });
  return (
    <TypeHours
      initialEventType={eventType}
      initialVerdicts={items}
      initialRange={range}
      asked={asked}
      initialAsOf={now.toISOString()}
    />
  );
}
