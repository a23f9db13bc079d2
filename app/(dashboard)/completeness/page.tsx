import type { Metadata } from "next";
import { preload } from "react-dom";
import type { SearchedPage } from "#app/named-page.ts";
import { pageContext } from "#app/page-context.ts";
import { withBase } from "#components/api/base-path.ts";
import { Matrix } from "#components/matrix/matrix.tsx";
import { rangeStart, standardDays } from "#components/matrix/standard-range.ts";

export const metadata: Metadata = { title: "Completeness" };

/** The browser fetches the cells, a month of which would double the page: at once, before the scripts are loaded. */
export default async function CompletenessPage({ searchParams }: SearchedPage) {
  const now = (await pageContext()).clock.now();
  const { days, from, to } = await searchParams;
  if (!days && !from && !to) {
    preload(withBase(`/api/v1/matrix?from=${rangeStart(standardDays, now)}`), {
      as: "fetch",
      crossOrigin: "anonymous",
    });
  }
  return <Matrix nowAt={now.toISOString()} />;
}
