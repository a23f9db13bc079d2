import type { Metadata } from "next";
import { NewSource } from "#components/sources/new-source.tsx";
import { sourceKinds } from "#domain/source/kinds.ts";

export const metadata: Metadata = { title: "New source" };

interface Props {
  searchParams: Promise<{ kind?: string | string[] }>;
}

export default async function NewSourcePage({ searchParams }: Props) {
  const { kind } = await searchParams;
  return <NewSource kind={sourceKinds.find((known) => known === kind) ?? "cloudMonitoring"} />;
}
