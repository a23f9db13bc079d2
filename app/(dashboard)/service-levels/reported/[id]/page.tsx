import "../../print.css";
import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { pageContext } from "#app/page-context.ts";
import { ReportedView } from "#components/slo/reported-view.tsx";
import { NotFound } from "#server/errors.ts";
import { readSnapshot } from "#server/slo/index.ts";

export const metadata: Metadata = { title: "Service levels as reported" };

export default async function ReportedPage({ params }: { params: Promise<{ id: string }> }) {
  const { id } = await params;
  const found = await readSnapshot({ ctx: await pageContext(), input: { id } }).catch((error: unknown) => {
    if (error instanceof NotFound) notFound();
    throw error;
  });
  return <ReportedView {...found} />;
}
