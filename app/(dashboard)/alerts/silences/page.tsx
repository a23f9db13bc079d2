import type { Metadata } from "next";
import { pageContext, readStatusNow } from "#app/page-context.ts";
import { SilenceList } from "#components/silences/silence-list.tsx";
import { listSilences } from "#server/silences/index.ts";

export const metadata: Metadata = { title: "Silences" };

const longest = 4_000;

interface Props {
  searchParams: Promise<{ matchers?: string | string[] }>;
}

export default async function SilencesPage({ searchParams }: Props) {
  const { matchers } = await searchParams;
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
      matchers={typeof matchers === "string" ? matchers.slice(0, longest) : ""}
      asOf={status.now}
    />
  );
}
