import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { cache } from "react";
import { pageContext, readStatusNow } from "#app/page-context.ts";
import { IncidentView } from "#components/incident/incident-view.tsx";
import { NotFound } from "#server/errors.ts";
import { readIncident } from "#server/incidents/index.ts";

interface Props {
  params: Promise<{ id: string }>;
}

const read = cache(async (id: string) => {
  try {
    return await readIncident({ ctx: await pageContext(), input: { id } });
  } catch (error) {
    if (error instanceof NotFound) return null;
    throw error;
  }
});

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: (await read((await params).id))?.title ?? "Incident not found" };
}

export default async function IncidentPage({ params }: Props) {
  const [incident, status] = await Promise.all([read((await params).id), readStatusNow()]);
  if (incident === null) notFound();
  return <IncidentView initial={incident} asOf={status.now} />;
}
