import { decodeSegment, type NamedPage, orNotFound, titledBy } from "#app/named-page.ts";
import { pageContext, readStatusNow } from "#app/page-context.ts";
import { SourceView } from "#components/sources/source-view.tsx";
import { listSourceResources, readSource, writeResourceCursor } from "#server/sources/index.ts";

const shownAtOnce = 50;

export const generateMetadata = titledBy((name) => `Source ${name}`);

export default async function SourcePage({ params }: NamedPage) {
  const name = decodeSegment((await params).name);
  const ctx = await pageContext();
  const source = await orNotFound(readSource({ ctx, input: { name } }));
  const list = async (mapped: boolean) => {
    const page = await listSourceResources({ ctx, input: { name, mapped, after: null, limit: shownAtOnce } });
    return { items: page.items, nextCursor: page.next && writeResourceCursor(page.next) };
  };
  const [status, mapped, notMapped] = await Promise.all([readStatusNow(), list(true), list(false)]);
  return <SourceView source={source} mapped={mapped} notMapped={notMapped} asOf={status.now} />;
}
