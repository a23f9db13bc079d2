import type { Metadata } from "next";
import { pageContext, readStatusNow } from "#app/page-context.ts";
import { SourceList } from "#components/sources/source-list.tsx";
import { listSources } from "#server/sources/index.ts";

export const metadata: Metadata = { title: "Sources" };

export default async function SourcesPage() {
  const ctx = await pageContext();
  const [status, sources] = await Promise.all([
    readStatusNow(),
    listSources({ ctx, input: { after: null, limit: 500 } }),
  ]);
  return <SourceList sources={{ items: sources.items, nextCursor: null }} asOf={status.now} />;
}
