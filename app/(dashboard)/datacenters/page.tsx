import type { Metadata } from "next";
import { pageContext, readFirstBoard } from "#app/page-context.ts";
import { DatacenterList } from "#components/datacenters/datacenter-list.tsx";
import { listDatacenters } from "#server/catalogue/index.ts";

export const metadata: Metadata = { title: "Datacenters" };

export default async function DatacentersPage() {
  const ctx = await pageContext();
  const [{ items }, { datacenters, incidents }] = await Promise.all([
    listDatacenters({ ctx, input: { after: null, limit: 500 } }),
    readFirstBoard(),
  ]);
  return (
    <DatacenterList
      initial={items}
      initialBoard={{ datacenters, incidents }}
      initialAsOf={ctx.clock.now().toISOString()}
    />
  );
}
