import "../../print.css";
import type { Metadata } from "next";
import { orNotFound } from "#app/named-page.ts";
import { pageContext } from "#app/page-context.ts";
import { ReportedView } from "#components/slo/reported-view.tsx";
import { readSnapshot } from "#server/slo/index.ts";

export const metadata: Metadata = { title: "Service levels as reported" };

export default async function ReportedPage({ params }: { params: Promise<{ id: string }> }) {
  const { id } = await params;
  const found = await orNotFound(readSnapshot({ ctx: await pageContext(), input: { id } }));
  return <ReportedView {...found} />;
}
