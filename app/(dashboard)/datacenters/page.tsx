import type { Metadata } from "next";
import { pageContext } from "#app/page-context.ts";
import { DatacenterList } from "#components/datacenters/datacenter-list.tsx";
import { listDatacenters } from "#server/catalog/list-datacenters.ts";
import { readLateness } from "#server/explain/read-lateness.ts";

export const metadata: Metadata = { title: "Datacenters" };

export default async function DatacentersPage() {
  const ctx = await pageContext();
  const [datacenters, lateness] = await Promise.all([
    listDatacenters({ ctx, input: { after: null, limit: 500 } }),
    readLateness({ ctx }),
  ]);
  return <DatacenterList initialDatacenters={datacenters.items} initialLateness={lateness} />;
}
