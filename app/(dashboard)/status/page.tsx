import type { Metadata } from "next";
import { pageContext, readStatusNow } from "#app/page-context.ts";
import { StatusView } from "#components/status/status-view.tsx";
import { listDatacenters } from "#server/catalog/list-datacenters.ts";

export const metadata: Metadata = { title: "Status" };

export default async function StatusPage() {
  const ctx = await pageContext();
  const [status, datacenters] = await Promise.all([
    readStatusNow(),
    listDatacenters({ ctx, input: { after: null, limit: 500 } }),
  ]);
  return <StatusView initial={status} datacenters={datacenters.items} />;
}
