import type { Metadata } from "next";
import { pageContext, readStatusNow } from "#app/page-context.ts";
import { IncidentList } from "#components/alerts/incident-list.tsx";
import { listAlerts } from "#server/alerts/index.ts";
import { listIncidents } from "#server/incidents/index.ts";

export const metadata: Metadata = { title: "Alerts" };

const resolvedAtOnce = 50;

interface Props {
  searchParams: Promise<{ before?: string | string[] }>;
}

export default async function AlertsPage({ searchParams }: Props) {
  const { before } = await searchParams;
  // The last id of the previous page; anything else gives the first page.
  const last = typeof before === "string" && /^\d{1,18}$/.test(before) ? BigInt(before) : null;
  const ctx = await pageContext();
  const [status, open, resolved, alerts] = await Promise.all([
    readStatusNow(),
    listIncidents({ ctx, input: { before: null, limit: 100, states: ["open", "acknowledged"] } }),
    listIncidents({ ctx, input: { before: last, limit: resolvedAtOnce, states: ["resolved"] } }),
    listAlerts({ ctx, input: { after: null, limit: 200 } }),
  ]);
  return (
    <IncidentList
      asOf={status.now}
      open={{ items: open.items, nextCursor: null }}
      resolved={{ items: resolved.items, nextCursor: null }}
      resolvedSearch={last === null ? `state=resolved&limit=${resolvedAtOnce}` : null}
      olderHref={resolved.next === null ? null : `/alerts?before=${resolved.next}`}
      alerts={{ items: alerts.items, nextCursor: null }}
    />
  );
}
