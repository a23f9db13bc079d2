import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { decodeSegment } from "#app/decode-segment.ts";
import { pageContext } from "#app/page-context.ts";
import { TypeSettings } from "#components/catalogue/type-settings.tsx";
import { readEventTypeDocument } from "#server/catalogue/index.ts";
import { readKnownType } from "../read-known-type.ts";

interface Props {
  params: Promise<{ name: string }>;
}

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: `${decodeSegment((await params).name)} settings` };
}

export default async function TypeSettingsPage({ params }: Props) {
  const { name, owner } = await readKnownType((await params).name);
  const document = await readEventTypeDocument({ ctx: await pageContext(), input: { name } });
  // Not claimed: its page says how to claim it.
  if (document === null) redirect(`/event-types/${encodeURIComponent(name)}`);
  return <TypeSettings eventType={name} document={document} owner={owner} />;
}
