import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { decodeSegment } from "#app/decode-segment.ts";
import { pageContext, readStatusNow } from "#app/page-context.ts";
import { SourceView } from "#components/sources/source-view.tsx";
import { NotFound } from "#server/errors.ts";
import { listSourceResources, readSource, writeResourceCursor } from "#server/sources/index.ts";

interface Props {
  params: Promise<{ name: string }>;
}

const shownAtOnce = 50;

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: `Source ${decodeSegment((await params).name)}` };
}

export default async function SourcePage({ params }: Props) {
  const name = decodeSegment((await params).name);
  const ctx = await pageContext();
  const source = await readSource({ ctx, input: { name } }).catch((error: unknown) => {
    if (error instanceof NotFound) return null;
    throw error;
  });
  if (source === null) notFound();
  const list = async (mapped: boolean) => {
    const page = await listSourceResources({ ctx, input: { name, mapped, after: null, limit: shownAtOnce } });
    return { items: page.items, nextCursor: page.next && writeResourceCursor(page.next) };
  };
  const [status, mapped, notMapped] = await Promise.all([readStatusNow(), list(true), list(false)]);
  return <SourceView source={source} mapped={mapped} notMapped={notMapped} asOf={status.now} />;
}
