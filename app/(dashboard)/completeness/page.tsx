import type { Metadata } from "next";
import { Suspense } from "react";
import { pageContext } from "#app/page-context.ts";
import { Matrix } from "#components/matrix/matrix.tsx";
import { MatrixSkeleton } from "#components/matrix/matrix-skeleton.tsx";

export const metadata: Metadata = { title: "Completeness" };

/** The browser asks for the cells: a month of them would double the page. */
export default async function CompletenessPage() {
  const { clock } = await pageContext();
  return (
    <Suspense fallback={<MatrixSkeleton />}>
      <Matrix nowAt={clock.now().toISOString()} />
    </Suspense>
  );
}
