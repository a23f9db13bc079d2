import { decodeSegment, type NamedPage, orNotFound, type SearchedPage, titledBy } from "#app/named-page.ts";
import { pageContext, readFirstBoard } from "#app/page-context.ts";
import { DatacenterView } from "#components/datacenters/datacenter-view.tsx";
import { readDatacenter } from "#server/catalogue/index.ts";
import { readLanes } from "#server/explain/index.ts";

type Props = NamedPage & SearchedPage;

export const generateMetadata = titledBy((name) => name);

export default async function DatacenterPage({ params, searchParams }: Props) {
  const name = decodeSegment((await params).name);
  const { types } = await searchParams;
  const ctx = await pageContext();
  const [datacenter, lanes, { incidents }] = await Promise.all([
    orNotFound(readDatacenter({ ctx, input: { name } })),
    orNotFound(readLanes({ ctx, input: { name } })),
    readFirstBoard(),
  ]);
  return (
    <DatacenterView
      initialDatacenter={datacenter}
      initialLanes={lanes}
      initialIncidents={incidents}
      showAllTypes={types === "all"}
    />
  );
}
