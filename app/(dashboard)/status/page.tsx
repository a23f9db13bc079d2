import type { Metadata } from "next";
import { pageContext, readStatusNow } from "#app/page-context.ts";
import { WholeOrSkeleton } from "#app/whole-or-skeleton.tsx";
import { StatusView } from "#components/status/status-view.tsx";
import { listDatacenters } from "#server/catalogue/index.ts";
import { readStatusHistory } from "#server/verdicts/index.ts";

export const metadata: Metadata = { title: "Status" };

export default function StatusPage() {
  return <WholeOrSkeleton content={statusNow()} label="Loading the status" />;
}

async function statusNow() {
  const ctx = await pageContext();
  const [status, datacenters, history] = await Promise.all([
    readStatusNow(),
    listDatacenters({ ctx, input: { after: null, limit: 500 } }),
    readStatusHistory({ ctx, input: {} }),
  ]);
  return <StatusView initial={status} datacenters={datacenters.items} history={history} />;
}
