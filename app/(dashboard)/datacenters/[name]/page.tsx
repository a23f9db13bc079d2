import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { decodeSegment } from "#app/decode-segment.ts";
import { pageContext, readFirstBoard } from "#app/page-context.ts";
import { DatacenterView } from "#components/datacenters/datacenter-view.tsx";
import { readDatacenter } from "#server/catalogue/index.ts";
import { NotFound } from "#server/errors.ts";
import { readLanes } from "#server/explain/index.ts";

interface Props {
  params: Promise<{ name: string }>;
  searchParams: Promise<{ types?: string | string[] }>;
}

export async function generateMetadata({ params }: Pick<Props, "params">): Promise<Metadata> {
  return { title: decodeSegment((await params).name) };
}

export default async function DatacenterPage({ params, searchParams }: Props) {
  const name = decodeSegment((await params).name);
  const read = await readAll(name);
  if (!read) notFound();
  const { types } = await searchParams;
  return <DatacenterView {...read} showAllTypes={types === "all"} />;
}

async function readAll(name: string) {
  try {
    const ctx = await pageContext();
    const [initialDatacenter, initialLanes, { incidents }] = await Promise.all([
      readDatacenter({ ctx, input: { name } }),
      readLanes({ ctx, input: { name } }),
      readFirstBoard(),
    ]);
    return { initialDatacenter, initialLanes, initialIncidents: incidents };
  } catch (error) {
    if (error instanceof NotFound) return null;
    throw error;
  }
}
