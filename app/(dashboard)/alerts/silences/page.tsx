import type { Metadata } from "next";
import type { SearchedPage } from "#app/named-page.ts";
import { pageContext, readStatusNow } from "#app/page-context.ts";
import { SilenceList } from "#components/silences/silence-list.tsx";
import { textIn } from "#components/ui/page-search.ts";
import { listSilences } from "#server/silences/index.ts";

export const metadata: Metadata = { title: "Silences" };

const longest = 4_000;

export default async function SilencesPage({ searchParams }: SearchedPage) {
  const matchers = textIn(await searchParams, "matchers", longest);
  const ctx = await pageContext();
  const [status, current, newest] = await Promise.all([
    readStatusNow(),
    listSilences({ ctx, input: { withExpired: false, after: null, limit: 200 } }),
    listSilences({ ctx, input: { withExpired: true, after: null, limit: 100 } }),
  ]);
  return (
    <SilenceList
      current={{ items: current.items, nextCursor: null }}
      newest={{ items: newest.items, nextCursor: null }}
      matchers={matchers}
      asOf={status.now}
    />
  );
}
