import type { Metadata } from "next";
import { pageContext } from "#app/page-context.ts";
import { DatacenterList } from "#components/datacenters/datacenter-list.tsx";
import { listDatacenters } from "#server/catalogue/index.ts";

export const metadata: Metadata = { title: "Datacenters" };

export default async function DatacentersPage() {
  const ctx = await pageContext();
  const { items } = await listDatacenters({ ctx, input: { after: null, limit: 500 } });
  return <DatacenterList initial={items} initialAsOf={ctx.clock.now().toISOString()} />;
}
