import { redirect } from "next/navigation";
import { type NamedPage, titledBy } from "#app/named-page.ts";
import { pageContext } from "#app/page-context.ts";
import { TypeTrends } from "#components/trends/type-trends.tsx";
import { readHistory } from "#server/verdicts/index.ts";
import { readKnownType } from "../read-known-type.ts";

export const generateMetadata = titledBy((name) => `${name} trends`);

export default async function TypeTrendsPage({ params }: NamedPage) {
  const eventType = await readKnownType((await params).name);
  // An unclaimed type is not judged: its page says how to claim it.
  if (eventType.status === "discovered") redirect(`/event-types/${encodeURIComponent(eventType.name)}`);
  const initial = await readHistory({ ctx: await pageContext(), input: { eventType: eventType.name, days: 30 } });
  return <TypeTrends initial={initial} />;
}
