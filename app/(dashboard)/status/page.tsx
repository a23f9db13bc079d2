import type { Metadata } from "next";
import { pageContext, readStatusNow } from "#app/page-context.ts";
import { WholeOrSkeleton } from "#app/whole-or-skeleton.tsx";
import { StatusView } from "#components/status/status-view.tsx";
import { PageSkeleton } from "#components/ui/page-skeleton.tsx";
import { listDatacenters } from "#server/catalogue/index.ts";

export const metadata: Metadata = { title: "Status" };

export default function StatusPage() {
  return <WholeOrSkeleton content={statusNow()} skeleton={<PageSkeleton label="Loading the status" />} />;
}

async function statusNow() {
  const ctx = await pageContext();
  const [status, datacenters] = await Promise.all([
    readStatusNow(),
    listDatacenters({ ctx, input: { after: null, limit: 500 } }),
  ]);
  return <StatusView initial={status} datacenters={datacenters.items} />;
}
